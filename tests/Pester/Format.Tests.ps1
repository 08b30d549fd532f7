# SPDX-License-Identifier: MIT
# How the objects of the module are shown: by the shipped format file, in a real PowerShell.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../PgCloud.psd1')
    # An interval and a range are values in a column, shown by their text.
    $modelTypes = [PgCloud.PgInstance].Assembly.GetExportedTypes() |
        Where-Object { $_.Namespace -eq 'PgCloud' -and $_.IsClass -and -not $_.IsAbstract -and $_.Name -notin 'PgInterval', 'PgRange' } |
        ForEach-Object { @{ Type = $_; TypeName = $_.Name } }
    $views = @(
        @{ TypeName = 'PgCloudSession'; Columns = 'Name Provider Default ConnectedAt Account'; Labels = 'Name Provider Account IsDefault ConnectedAt AuditPath' }
        @{ TypeName = 'PgProvider'; Columns = 'Name Description'; Labels = 'Name Description Feature' }
        @{ TypeName = 'PgProviderFeature'; Columns = 'Name Offered Note'; Labels = 'Name IsOffered Note' }
        @{ TypeName = 'PgInstance'; Columns = 'Name Status Version Change Port Host'
            Labels = 'Name Id Provider Status StatusDetail Version Region Plan Flavor NodeCount DiskSizeGB Host Port Database Endpoint CreatedAt Detail Change' }
        @{ TypeName = 'PgOffering'; Columns = 'Region Version Plan Flavor Network MinNodes MaxNodes MinGB MaxGB'
            Labels = 'Region Version Plan Flavor Network MinNodeCount MaxNodeCount MinDiskSizeGB MaxDiskSizeGB DiskStepGB BackupRetentionDays IsDefault Lifecycle EndOfLife' }
        @{ TypeName = 'PgEndpoint'; Columns = 'HostName Port Replica Component'; Labels = 'HostName Port IsReadReplica Component' }
        @{ TypeName = 'PgCloudProject'; Columns = 'Name Id Status'; Labels = 'Name Id Status' }
        @{ TypeName = 'PgCloudConsumerKey'; Columns = 'ApplicationKey State Endpoint ExpiresAt ValidationUrl'
            Labels = 'ApplicationKey State Endpoint ProjectId Rule ExpiresAt ValidationUrl' }
        @{ TypeName = 'PgReclaimedInstance'; Columns = 'Name State Region RemovedAt GoneAt'
            Labels = 'Name Id ReclamationId Provider State Region RemovedAt GoneAt' }
        @{ TypeName = 'PgAuthorisedIp'; Columns = 'Cidr Instance Change NormalisedFrom Description'
            Labels = 'Cidr Description NormalisedFrom Instance Change' }
        @{ TypeName = 'PgBackup'; Columns = 'CreatedAt Id Status Size Instance Regions'
            Labels = 'Id CreatedAt Type Status SizeBytes Regions Description Instance' }
        @{ TypeName = 'PgMaintenance'; Columns = 'Status ScheduledAt AppliedAt Change Instance Description'
            Labels = 'Id Description Status ScheduledAt AppliedAt Instance Change' }
        @{ TypeName = 'PgNode'; Columns = 'Name Status Role Region Flavor Port Instance'
            Labels = 'Name Id Role Region Flavor Status Port CreatedAt Instance' }
        @{ TypeName = 'PgConfiguration'; Columns = 'Name Value Type Minimum Maximum AllowedValue Change'
            Labels = 'Name Value PreviousValue IsSet Type Minimum Maximum AllowedValue Description Instance Change' }
        @{ TypeName = 'PgWriteWindow'; Columns = 'Instance Until'; Labels = 'Instance Until' }
        @{ TypeName = 'PgCloudUser'; Columns = 'Name Kind Instance Change MemberOf'; Labels = 'Name Kind MemberOf Instance Connection Change' }
        @{ TypeName = 'PgConnectionPool'; Columns = 'Name Database User Mode Size Port Instance Change'
            Labels = 'Name Id Database User Mode Size Host Port TLS DatabaseId UserId Instance Change' }
        @{ TypeName = 'PgCloudDatabase'; Columns = 'Name Default Instance Change'; Labels = 'Name Id IsDefault Instance Change' }
        @{ TypeName = 'PgConnection'; Columns = 'User Database TLS Port Host'; Labels = 'Host Port Database User TLS Instance' }
        @{ TypeName = 'PgConnectionTest'; Columns = 'Target Succeeded FailedStep Message'
            Labels = 'Target Succeeded FailedStep Message Action Step' }
        @{ TypeName = 'PgConnectionTestStep'; Columns = 'Step Outcome Milliseconds Message'
            Labels = 'Step Outcome Milliseconds Message Action ErrorId' }
        @{ TypeName = 'PgRole'; Columns = 'Name Super Inherit CreateRole CreateDB Login MemberOf'
            Labels = 'Name Superuser Inherit CreateRole CreateDatabase Login Replication BypassRls ConnectionLimit ValidUntil MemberOf Setting Comment Connection Change' }
        @{ TypeName = 'PgPrivilege'; Columns = 'Grantee Privilege ObjectType Grantable Change Object'
            Labels = 'Grantee Privilege ObjectType ObjectName Schema Name Column Owner Grantor IsGrantable IsBuiltIn IsDefault IsPublic Via Connection Change' }
        @{ TypeName = 'PgObjectOwner'; Columns = 'ObjectType Object Owner PreviousOwner Change'
            Labels = 'ObjectType ObjectName Schema Name Owner PreviousOwner Connection Change' }
        @{ TypeName = 'PgDatabase'; Columns = 'Name Owner Encoding Provider Collate Size Change'
            Labels = 'Name Owner Encoding LocaleProvider Locale Collate CType Tablespace IsTemplate AllowConnections ConnectionLimit IsValid SizeBytes Comment Connection Change' }
        @{ TypeName = 'PgActivity'; Columns = 'Pid User Database State Wait Duration BlockedBy Query'
            Labels = 'ProcessId User Database Application ClientAddress BackendType IsHidden State WaitEventType WaitEvent ConnectedAt TransactionStartedAt QueryStartedAt StateChangedAt Duration QueryId BlockedBy Blocking RootBlocker BlockingDepth Query Connection Change' }
        @{ TypeName = 'PgCurrentQuery'; Columns = 'Pid User Database State Wait Duration Change Query'
            Labels = 'ProcessId User Database Application ClientAddress ClientHostName ClientPort BackendType State WaitEventType WaitEvent ConnectedAt TransactionStartedAt QueryStartedAt StateChangedAt Duration LeaderProcessId TransactionId OldestTransactionId Query Instance Change ChangeDetail' }
        @{ TypeName = 'PgQueryStatistic'; Columns = 'User Database Calls Rows TotalSec MeanMs Hit% Query'
            Labels = 'User Database Calls Rows TotalTime MeanTime MinTime MaxTime StdDevTime TotalPlanTime MeanPlanTime MinPlanTime MaxPlanTime StdDevPlanTime BlockReadTime BlockWriteTime SharedBlocksHit SharedBlocksRead SharedBlocksDirtied SharedBlocksWritten CacheHitPercent LocalBlocksHit LocalBlocksRead LocalBlocksDirtied LocalBlocksWritten TempBlocksRead TempBlocksWritten WalRecords WalFullPageImages WalBytes Query Instance' }
        @{ TypeName = 'PgIntegration'; Columns = 'Type Status Source Destination Change'
            Labels = 'Id Type Status StatusDetail SourceInstance DestinationInstance Parameter Instance Change' }
        @{ TypeName = 'PgIntegrationCapability'; Columns = 'Type SourceEngine DestinationEngine AllowedParameter'
            Labels = 'Type SourceEngine DestinationEngine AllowedParameter Instance' }
        @{ TypeName = 'PgRoleSetting'; Columns = 'Name Value Database'; Labels = 'Name Value Database' }
        @{ TypeName = 'PgRoleDependent'; Columns = 'Database Kind ObjectType ObjectName'; Labels = 'Role Kind ObjectType ObjectName Database' }
        @{ TypeName = 'PgConnectionService'; Columns = 'Name Change UserName HostName Port Database ServiceFile'; Labels = 'Name HostName Port Database UserName ServiceFile PassFile CertificatePath Change' }
        @{ TypeName = 'PgTableCopy'; Columns = 'Schema Table Rows Change Path'; Labels = 'Schema Table Rows Path Duration Connection Change' }
        @{ TypeName = 'PgInvalidRow'; Columns = 'Table Line Column Value Reason'; Labels = 'Table Path Line Column Value Reason' }
        @{ TypeName = 'PgLogEntry'; Columns = 'Timestamp Instance Message'; Labels = 'Timestamp HostName Severity Instance Message' }
        @{ TypeName = 'PgLogKind'; Columns = 'Kind Instance DisplayName'; Labels = 'Kind DisplayName Id Field Instance CreatedAt UpdatedAt' }
        @{ TypeName = 'PgLogUrl'; Columns = 'Instance Kind ExpiresAt Url'; Labels = 'Instance Kind ExpiresAt Url' }
        @{ TypeName = 'PgLogSubscription'; Columns = 'SubscriptionId Instance Kind StreamId Change'
            Labels = 'SubscriptionId Instance Kind StreamId ServiceName CreatedAt UpdatedAt Change' }
        @{ TypeName = 'PgMetric'; Columns = 'Name Instance HostName Unit Latest Average Maximum'
            Labels = 'Name Instance HostName Unit Period Latest Average Minimum Maximum Point' }
        @{ TypeName = 'PgMetricName'; Columns = 'Name Instance'; Labels = 'Name Instance' }
        @{ TypeName = 'PgMetricPoint'; Columns = 'Timestamp Name HostName Value Unit'; Labels = 'Timestamp Name HostName Value Unit' }
        @{ TypeName = 'PgPrometheus'; Columns = 'Instance Enabled User Change Target'; Labels = 'Instance IsEnabled User Target Change' }
        @{ TypeName = 'PgPrometheusTarget'; Columns = 'HostName Port'; Labels = 'HostName Port' }
        @{ TypeName = 'PgRoleMember'; Columns = 'Member Role Admin Inherit Set Rights Change Path'
            Labels = 'Member Role Admin Inherit Set Grantor IsDirect Rights Path Connection Change' }
    )
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    Import-Module (Join-Path $root 'PgCloud.psd1')
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $secret = 'Correct-Horse-9'
    $pem = '-----BEGIN CERTIFICATE-----'

    # Sets properties that only the module itself can set, too.
    function New-Sample([type] $Type, [hashtable] $Value) {
        $sample = [Activator]::CreateInstance($Type)
        foreach ($name in $Value.Keys) {
            $property = $Type.GetProperty($name)
            $arguments = [object[]]::new(1)
            $arguments[0] = [System.Management.Automation.LanguagePrimitives]::ConvertTo($Value[$name], $property.PropertyType)
            [void] $property.GetSetMethod($true).Invoke($sample, $arguments)
        }

        $sample
    }

    # A session needs a provider; this one answers what it is told to.
    Add-Type -ReferencedAssemblies System.Runtime, System.Collections, System.Reflection.DispatchProxy -TypeDefinition @'
        public class SampleCloud : System.Reflection.DispatchProxy
        {
            public static readonly System.Collections.Generic.Dictionary<string, object> Answers = new();

            protected override object Invoke(System.Reflection.MethodInfo method, object[] arguments) => Answers[method.Name];
        }
'@

    function New-SampleSession {
        [SampleCloud]::Answers['get_Name'] = [PgCloud.PgProviderName]::Local
        [SampleCloud]::Answers['get_Account'] = '/home/ops/.local/share/pgcloud'
        $contract = [PgCloud.PgInstance].Assembly.GetType('PgCloud.Contracts.ICloudProvider')
        $cloud = [System.Reflection.DispatchProxy].GetMethod('Create', 2, [type[]]@()).MakeGenericMethod($contract, [SampleCloud]).Invoke($null, @())
        $constructor = [PgCloud.PgCloudSession].GetConstructors([System.Reflection.BindingFlags] 'Instance, NonPublic')[0]
        $constructor.Invoke(@($cloud, 'Local1'))
    }

    $credential = [pscredential]::new('ops', (ConvertTo-SecureString $secret -AsPlainText -Force))
    $instance = New-Sample ([PgCloud.PgInstance]) @{
        Name = 'orders'; Id = 'local:orders'; Provider = 'Local'; Status = 'Ready'; Version = '18.4'; HostName = 'localhost'; Port = 45123
        Database = 'defaultdb'; CaCertificate = $pem; CreatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; Change = 'Created'
    }
    $connection = New-Sample ([PgCloud.PgConnection]) @{
        HostName = 'localhost'; Port = 45123; Database = 'defaultdb'; UserName = 'ops'; Credential = $credential; CaCertificate = $pem
        Instance = $instance
    }
    $feature = New-Sample ([PgCloud.PgProviderFeature]) @{ Name = 'Start and stop'; IsOffered = $true; Note = 'pg_ctl' }
    $step = New-Sample ([PgCloud.PgConnectionTestStep]) @{
        Step = 'AuthorisedAddress'; Outcome = 'Failed'; Milliseconds = 1.26; Message = 'Your address 127.0.0.2 is not authorised.'
        Action = 'Authorise it.'; ErrorId = 'PgCloud.Connection.AddressNotAuthorised'
    }
    $setting = New-Sample ([PgCloud.PgRoleSetting]) @{ Database = 'orders'; Name = 'search_path'; Value = 'app, public' }
    $target = New-Sample ([PgCloud.PgPrometheusTarget]) @{ HostName = 'node-1.example'; Port = 20188 }
    $point = New-Sample ([PgCloud.PgMetricPoint]) @{
        Timestamp = [DateTimeOffset]'2026-02-25T10:00:00Z'; Value = 12.5; Name = 'cpu_usage'; Unit = 'PERCENT'; HostName = 'node-1.example'
    }
    $samples = @{
        PgCloudSession       = New-SampleSession
        PgProvider           = New-Sample ([PgCloud.PgProvider]) @{
            Name = 'Local'; Description = 'Real servers on this machine.'; Feature = [PgCloud.PgProviderFeature[]] $feature
        }
        PgProviderFeature    = $feature
        PgInstance           = $instance
        PgOffering           = New-Sample ([PgCloud.PgOffering]) @{
            Region = 'GRA'; Version = '17'; Plan = 'business'; Flavor = 'db1-7'; Network = 'public'; MinNodeCount = 2; MaxNodeCount = 2
            MinDiskSizeGB = 160; MaxDiskSizeGB = 480; DiskStepGB = 10; BackupRetentionDays = 14; Lifecycle = 'STABLE'
            EndOfLife = [DateTimeOffset]'2029-11-08T00:00:00Z'
        }
        PgEndpoint           = New-Sample ([PgCloud.PgEndpoint]) @{ HostName = 'localhost'; Port = 20184; Component = 'postgresql' }
        PgCloudProject       = New-Sample ([PgCloud.PgCloudProject]) @{ Id = '0123456789abcdef0123456789abcdef'; Name = 'shop'; Status = 'ok' }
        PgCloudConsumerKey   = New-Sample ([PgCloud.PgCloudConsumerKey]) @{
            Endpoint = 'ovh-eu'; ApplicationCredential = $credential; ConsumerKey = $credential.Password; State = 'validated'
            ValidationUrl = 'https://eu.api.ovh.com/auth/?credentialToken=x'; Rule = [string[]] 'GET /cloud/project'
            ProjectId = '0123456789abcdef0123456789abcdef'; ExpiresAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
        }
        PgReclaimedInstance  = New-Sample ([PgCloud.PgReclaimedInstance]) @{
            Name = 'orders'; Id = '95004d03-9fec-443b-9f6e-083f2b25e73a'; ReclamationId = '0114be9024c6eede47d08a85ac0c5c43'; Provider = 'Ibm'
            State = 'SCHEDULED'; Region = 'ca-mon'; RemovedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; GoneAt = [DateTimeOffset]'2026-02-28T10:00:00Z'
        }
        PgAuthorisedIp       = New-Sample ([PgCloud.PgAuthorisedIp]) @{
            Cidr = '203.0.113.0/24'; NormalisedFrom = '203.0.113.7/24'; Description = 'runbook host'; Instance = $instance; Change = 'Created'
        }
        PgBackup             = New-Sample ([PgCloud.PgBackup]) @{
            Id = '0d4c26b1-0b1f-4a0e-8f0f-0f6f4f0c4f11'; CreatedAt = [DateTimeOffset]'2026-02-25T03:25:00Z'; Type = 'automatic'; Status = 'Ready'
            SizeBytes = 123456789; Regions = [string[]] ('GRA', 'SBG'); Description = 'automatic backup of 2026-02-25'; Instance = $instance
        }
        PgMaintenance        = New-Sample ([PgCloud.PgMaintenance]) @{
            Id = '0d4c26b1-0b1f-4a0e-8f0f-0f6f4f0c4f12'; Description = 'Update of PostgreSQL to its latest minor version'; Status = 'Applied'
            ScheduledAt = [DateTimeOffset]'2026-02-25T01:06:04Z'; AppliedAt = [DateTimeOffset]'2026-02-25T01:16:04Z'; Instance = $instance
            Change = 'Unchanged'
        }
        PgNode               = New-Sample ([PgCloud.PgNode]) @{
            Id = '0d4c26b1-0b1f-4a0e-8f0f-0f6f4f0c4f13'; Name = 'postgresql-0d4c26b1-o01234567-1.database.cloud.ovh.net'; Role = 'Standard'
            Region = 'GRA'; Flavor = 'db1-7'; Status = 'Ready'; Port = 20184; CreatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; Instance = $instance
        }
        PgConfiguration      = New-Sample ([PgCloud.PgConfiguration]) @{
            Name = 'pg.idle_in_transaction_session_timeout'; Value = 60000; PreviousValue = 0; Type = 'Long'; Minimum = 0; Maximum = 604800000
            AllowedValue = [string[]] @(); Description = 'Ends sessions that are idle in a transaction'; IsSet = $true; Instance = $instance
            Change = 'Updated'
        }
        PgWriteWindow        = New-Sample ([PgCloud.PgWriteWindow]) @{ Instance = $instance; Until = [DateTimeOffset]'2026-02-25T10:15:00Z' }
        PgCloudUser          = New-Sample ([PgCloud.PgCloudUser]) @{
            Name = 'ops'; Kind = 'Manager'; MemberOf = [string[]] ('pgcloud_admin', 'pgcloud_writer'); Instance = $instance; Credential = $credential
        }
        PgConnectionPool     = New-Sample ([PgCloud.PgConnectionPool]) @{
            Name = 'web'; Id = '7f5c8d1e-0000-4000-8000-000000000001'; Database = 'shop'; DatabaseId = '7f5c8d1e-0000-4000-8000-000000000002'
            UserName = 'app'; UserId = '7f5c8d1e-0000-4000-8000-000000000003'; Mode = 'Transaction'; Size = 20; HostName = 'localhost'; Port = 20185
            TlsMode = 'Require'; Instance = $instance; Change = 'Created'
        }
        PgCloudDatabase      = New-Sample ([PgCloud.PgCloudDatabase]) @{
            Name = 'shop'; Id = '7f5c8d1e-0000-4000-8000-000000000002'; Instance = $instance; Change = 'Created'
        }
        PgConnection         = $connection
        PgConnectionTest     = New-Sample ([PgCloud.PgConnectionTest]) @{
            Target = 'ops@localhost:45123/defaultdb'; Step = [PgCloud.PgConnectionTestStep[]] $step
        }
        PgConnectionTestStep = $step
        PgRole               = New-Sample ([PgCloud.PgRole]) @{
            Name = 'mary'; Login = $true; Inherit = $true; MemberOf = [string[]] ('pg_monitor', 'pg_signal_backend'); Credential = $credential
            Connection = $connection; ValidUntil = [DateTimeOffset]'2026-02-25T10:00:00Z'; Comment = 'the auditor'
            Setting = [PgCloud.PgRoleSetting[]] $setting
        }
        PgRoleSetting        = $setting
        PgRoleDependent      = New-Sample ([PgCloud.PgRoleDependent]) @{
            Role = 'mary'; Database = 'orders'; Kind = 'Owner'; ObjectType = 'table'; ObjectName = 'public.bills'
        }
        PgPrivilege          = New-Sample ([PgCloud.PgPrivilege]) @{
            ObjectType = 'Table'; Schema = 'app'; Name = 'invoice'; ObjectName = 'app.invoice'; Privilege = 'SELECT'; Grantee = 'mary'; Grantor = 'ops'
            Owner = 'ops'; Via = [string[]] ('mary', 'readers'); Connection = $connection
        }
        PgObjectOwner        = New-Sample ([PgCloud.PgObjectOwner]) @{
            ObjectType = 'Table'; Schema = 'app'; Name = 'invoice'; ObjectName = 'app.invoice'; Owner = 'app'; PreviousOwner = 'ops'
            Connection = $connection; Change = 'Updated'
        }
        PgDatabase           = New-Sample ([PgCloud.PgDatabase]) @{
            Name = 'orders'; Owner = 'app'; Encoding = 'UTF8'; LocaleProvider = 'Libc'; Collate = 'en_US.UTF-8'; CType = 'en_US.UTF-8'
            Locale = 'de-DE'; Tablespace = 'pg_default'; SizeBytes = 7654321; Comment = 'shop'; Connection = $connection; Change = 'Created'
        }
        PgActivity           = New-Sample ([PgCloud.PgActivity]) @{
            ProcessId = 4711; User = 'app'; Database = 'orders'; Application = 'web'; ClientAddress = '203.0.113.7'; BackendType = 'client backend'
            State = 'active'; WaitEventType = 'Lock'; WaitEvent = 'tuple'; ConnectedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
            TransactionStartedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; QueryStartedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
            StateChangedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; Duration = [timespan]::FromSeconds(75); QueryId = 42; BlockedBy = [int[]] 4712
            Query = 'UPDATE customer SET name = name'; Connection = $connection
        }
        PgCurrentQuery       = New-Sample ([PgCloud.PgCurrentQuery]) @{
            ProcessId = 4711; User = 'app'; Database = 'orders'; Application = 'web'; ClientAddress = '203.0.113.7'; ClientHostName = 'web.example'
            ClientPort = 50123; BackendType = 'client backend'; State = 'idle in transaction'; WaitEventType = 'Client'; WaitEvent = 'ClientRead'
            ConnectedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; TransactionStartedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
            QueryStartedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; StateChangedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
            Duration = [timespan]::FromSeconds(75); LeaderProcessId = 4710; TransactionId = 901; OldestTransactionId = 899
            Query = 'UPDATE customer SET name = name'; Instance = $instance; Change = 'Unchanged'; ChangeDetail = 'The query has ended.'
        }
        PgQueryStatistic     = New-Sample ([PgCloud.PgQueryStatistic]) @{
            Query = 'UPDATE customer SET name = $1'; User = 'app'; Database = 'orders'; Calls = 123456; Rows = 234567
            TotalTime = [timespan]::FromHours(30.5); MeanTime = [timespan]::FromMilliseconds(1.5); SharedBlocksHit = 2; SharedBlocksRead = 1
            WalBytes = 4096; Instance = $instance
        }
        PgIntegration        = New-Sample ([PgCloud.PgIntegration]) @{
            Id = '5b0f2d1c-0000-4000-8000-000000000001'; Type = 'opensearchLogs'; Status = 'Ready'
            SourceInstance = '5b0f2d1c-0000-4000-8000-000000000002'; DestinationInstance = '5b0f2d1c-0000-4000-8000-000000000003'
            Instance = $instance; Change = 'Created'
        }
        PgIntegrationCapability = New-Sample ([PgCloud.PgIntegrationCapability]) @{
            Type = 'opensearchLogs'; SourceEngine = 'postgresql'; DestinationEngine = 'opensearch'; Instance = $instance
        }
        PgLogEntry           = New-Sample ([PgCloud.PgLogEntry]) @{
            Timestamp = [DateTimeOffset]'2026-02-25T10:00:00.123Z'; HostName = 'node-1.example'; Message = '[7] ERROR:  syntax error'; Instance = $instance
        }
        PgLogKind            = New-Sample ([PgCloud.PgLogKind]) @{
            Kind = 'customer_logs'; DisplayName = 'Customer logs'; Id = '4e7a2b1c-0d3f-4c55-9a1e-2b6c7d8e9f00'; Field = [string[]] 'level'; Instance = $instance
            CreatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; UpdatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
        }
        PgLogUrl             = New-Sample ([PgCloud.PgLogUrl]) @{
            Kind = 'customer_logs'; Url = 'https://logs.example/x'; ExpiresAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; Instance = $instance
        }
        PgLogSubscription    = New-Sample ([PgCloud.PgLogSubscription]) @{
            SubscriptionId = '2b89f993-e5a1-4b68-8199-199e44481e83'; Kind = 'customer_logs'; StreamId = '8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10'
            ServiceName = 'ldp-ab-12345'; CreatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'; UpdatedAt = [DateTimeOffset]'2026-02-25T10:00:00Z'
            Instance = $instance; Change = 'Created'
        }
        PgMetric             = New-Sample ([PgCloud.PgMetric]) @{
            Name = 'cpu_usage'; HostName = 'node-1.example'; Unit = 'PERCENT'; Point = [PgCloud.PgMetricPoint[]] $point; Instance = $instance
        }
        PgMetricName         = New-Sample ([PgCloud.PgMetricName]) @{ Name = 'cpu_usage'; Instance = $instance }
        PgMetricPoint        = $point
        PgPrometheus         = New-Sample ([PgCloud.PgPrometheus]) @{
            IsEnabled = $true; UserName = 'prometheus'; Target = [PgCloud.PgPrometheusTarget[]] $target; Instance = $instance; Credential = $credential
            Change = 'Updated'
        }
        PgPrometheusTarget   = $target
        PgRoleMember         = New-Sample ([PgCloud.PgRoleMember]) @{
            Member = 'mary'; Role = 'pg_monitor'; Inherit = $true; Set = $true; Rights = 'Inherited'; Grantor = 'ops'; Connection = $connection
            IsDirect = $false; Path = [string[]] ('mary', 'team', 'pg_monitor'); Change = 'Created'
        }
        PgConnectionService  = New-Sample ([PgCloud.PgConnectionService]) @{
            Name = 'orders'; HostName = 'orders.example'; Port = 5432; Database = 'defaultdb'; UserName = 'ops'; ServiceFile = '/home/ops/.pg_service.conf'
            PassFile = '/home/ops/.pgpass'; CertificatePath = '/home/ops/.postgresql/pgcloud/orders.crt'; Change = 'Created'
        }
        PgTableCopy          = New-Sample ([PgCloud.PgTableCopy]) @{
            Schema = 'app'; Table = 'orders'; Rows = 1000000; Path = '/data/orders.csv'; Duration = [timespan]::FromSeconds(1.6)
            Connection = $connection; Change = 'Updated'
        }
        PgInvalidRow         = New-Sample ([PgCloud.PgInvalidRow]) @{
            Table = 'app.orders'; Path = '/data/orders.csv'; Line = 3; Column = 'id'; Value = 'x'; Reason = 'invalid input syntax'
        }
    }

    function Get-Heading([string] $Text) {
        @($Text -split '\r?\n' | Where-Object { $_.Trim() })[0].Trim() -split '\s+'
    }

    function Get-ListLabel([string] $Text) {
        $Text -split '\r?\n' | ForEach-Object { if ($_ -match '^(\w+)\s+: ') { $Matches[1] } }
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
}

Describe 'The format file' {
    It 'has a table and a list for <TypeName>, of properties that exist' -ForEach $modelTypes {
        $xml = [xml] (Get-Content (Join-Path $root 'bin/PgCloud.Format.ps1xml') -Raw)
        $ours = @($xml.Configuration.ViewDefinitions.View | Where-Object { $_.ViewSelectedBy.TypeName -contains $Type.FullName })
        @($ours | Where-Object TableControl) | Should -HaveCount 1
        @($ours | Where-Object ListControl) | Should -HaveCount 1
        foreach ($view in $ours) {
            $view.ViewSelectedBy.TypeName | Should -Contain "Deserialized.$($Type.FullName)"
            $view.SelectNodes('.//PropertyName').InnerText | Where-Object { -not $Type.GetProperty($_) } | Should -BeNullOrEmpty
            $view.SelectNodes('.//PropertyName').InnerText | Should -Not -Contain 'Credential'
            $headers = $view.SelectNodes('.//TableColumnHeader').Count
            $view.SelectNodes('.//TableColumnItem').Count | Should -Be $headers
            ($view.SelectNodes('.//Width').InnerText | Measure-Object -Sum).Sum + $headers - 1 | Should -BeLessOrEqual 120
        }
    }

    It 'leaves the message of a log''s entry the larger part of 80 columns' {
        $entry = $samples['PgLogEntry'].PSObject.Copy()
        $heading = ($entry | Format-Table | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match '^Timestamp' }
        80 - $heading.IndexOf('Message') | Should -BeGreaterOrEqual 40
    }

    It 'runs no code' {
        Get-Content (Join-Path $root 'bin/PgCloud.Format.ps1xml') -Raw | Should -Not -Match '<(ScriptBlock|Script)>'
    }
}

Describe 'The types file' {
    It 'names for <TypeName> properties that exist' -ForEach $modelTypes {
        $data = Get-TypeData $Type.FullName
        $names = @($data.DefaultDisplayPropertySet.ReferencedProperties) + @($data.DefaultKeyPropertySet.ReferencedProperties)
        $data.DefaultDisplayPropertySet.ReferencedProperties | Should -Not -BeNullOrEmpty
        $names | Where-Object { -not $Type.GetProperty($_) } | Should -BeNullOrEmpty
        $names | Should -Not -Contain 'Credential'
    }
}

Describe 'What is shown of <TypeName>' -ForEach $views {
    BeforeAll {
        $table = $samples[$TypeName] | Format-Table | Out-String -Width 120
        $list = $samples[$TypeName] | Format-List | Out-String -Width 120
    }

    It 'is a table of the columns <Columns>' {
        Get-Heading $table | Should -Be ($Columns -split ' ')
        $table -split '\r?\n' | Where-Object Length -gt 120 | Should -BeNullOrEmpty
    }

    It 'is a list of <Labels>' {
        Get-ListLabel $list | Should -Be ($Labels -split ' ')
    }

    It 'has nothing secret and no PEM block' {
        $default = $samples[$TypeName] | Out-String -Width 120
        $stream = $samples[$TypeName], $samples[$TypeName] | Out-String -Stream | Out-String
        foreach ($text in $table, $list, $default, $stream, "$($samples[$TypeName])") {
            $text | Should -Not -Match ([regex]::Escape($secret))
            $text | Should -Not -Match 'BEGIN CERTIFICATE|PSCredential|SecureString'
        }
    }

    It 'is the same after serialisation' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($samples[$TypeName], 2))
        Get-Heading ($copy | Format-Table | Out-String -Width 120) | Should -Be ($Columns -split ' ')
    }
}

Describe 'Every model type' {
    It '<TypeName> is looked at by this file' -ForEach $modelTypes {
        $samples.Keys | Should -Contain $TypeName
    }
}

Describe 'Values' {
    It 'shows who has what as IBM does' {
        ($samples.PgRole | Out-String -Width 120) | Should -Match 'mary\s+False\s+True\s+False\s+False\s+True\s+\{pg_monitor, pg_signal_backend\}'
    }

    It 'shows milliseconds with one decimal' {
        ($step | Out-String -Width 120) | Should -Match "Failed\s+1[.,]3\s+Your address"
    }

    It 'shows times in UTC' {
        ($instance | Format-List | Out-String) | Should -Match 'CreatedAt\s+: 2026-02-25 10:00:00Z'
    }

    It 'shows a connection test as a list, and its steps as a table' {
        Get-ListLabel ($samples.PgConnectionTest | Out-String -Width 120) | Should -Contain 'FailedStep'
        Get-Heading ($samples.PgConnectionTest.Step | Out-String -Width 120) | Should -Contain 'Milliseconds'
    }

    It 'fits 120 columns with the longest names, and cuts none off' {
        $long = 'r' * 63
        $role = New-Sample ([PgCloud.PgRole]) @{ Name = $long; MemberOf = [string[]] ($long, 'pg_monitor') }
        $text = $role | Out-String -Width 120
        $text -split '\r?\n' | Where-Object Length -gt 120 | Should -BeNullOrEmpty
        ($text -replace '[^r]').Length | Should -BeGreaterOrEqual 126
    }
}
