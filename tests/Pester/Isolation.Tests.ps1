# Beside modules that bring other versions of the same packages, and in several runspaces of one process.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $others = foreach ($name in 'OldPackages', 'OtherNpgsql') {
        $file = Join-Path $repository "artifacts/bin/$name/release/$name.dll"
        if (-not (Test-Path $file)) {
            $output = dotnet build (Join-Path $repository "tests/PgCloud.OtherModules/$name") -c Release -v quiet 2>&1 | Out-String
            if ($LASTEXITCODE -ne 0) { throw $output }
        }
        $file
    }
    $pgHome = Enter-PgHome
    $user = New-PgInstance shared | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
    $password = Get-Secret $user.Credential
    $port = $user.Instance.Port

    # Uses the other module and PgCloud, in the order given, each twice; answers with what was seen. (The two other modules cannot both be
    # loaded: they disagree on Logging.Abstractions, which is what happens to modules without a load context of their own.)
    $together = {
        param($Module, $Order, $Other, $Port, $Password)
        $ErrorActionPreference = 'Stop'
        $credential = [pscredential]::new('ops', (ConvertTo-SecureString $Password -AsPlainText -Force))
        $result = [ordered]@{ theirs = @(); ours = @() }
        function Ours {
            Import-Module $Module
            $null = Connect-PgCloud Local
            $null = Get-PgInstance shared
            $result.ours += @((Get-PgConnection shared -Credential $credential | Invoke-PgQuery 'SELECT 6 * 7 AS answer').answer)
            $result.ours += @((Get-PgConnection shared -Credential $credential | Get-PgRole ops).Name)
        }
        function Theirs {
            Import-Module $Other
            $result.theirs += if ($Other -match 'OldPackages') { Use-OldPackages } else { Use-OtherNpgsql $Port $credential }
        }
        if ($Order -eq 'before') { Theirs; Ours } else { Ours; Theirs }
        Theirs
        Ours
        $result.loaded = @(foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
            foreach ($assembly in $context.Assemblies) {
                $name = $assembly.GetName()
                if ($name.Name -in 'Newtonsoft.Json', 'Npgsql', 'Microsoft.Extensions.Logging.Abstractions') {
                    "$($context.Name) $($name.Name) $($name.Version)"
                }
            }
        })
        $result | ConvertTo-Json -Depth 4
    }
}

AfterAll { Exit-PgHome $pgHome }

Describe 'A module that brings <brings>, loaded <order> PgCloud' -ForEach @(
    foreach ($order in 'before', 'after') {
        @{ order = $order; index = 0; brings = 'Newtonsoft.Json 12 and Logging.Abstractions 2'; expected = @(
            'OldPackages Newtonsoft.Json 12.0.0.0', 'Default Microsoft.Extensions.Logging.Abstractions 2.2.0.0') }
        @{ order = $order; index = 1; brings = 'another Npgsql'; expected = @(
            'Default Npgsql 9.0.3.0', 'Default Microsoft.Extensions.Logging.Abstractions 8.0.0.0') }
    }
) {
    BeforeAll {
        $seen = (Invoke-Child -ArgumentList $order, $others[$index], $port, $password -Script $together).Json()
    }

    It 'PgCloud works, before and after' { $seen.ours | Should -Be 42, 'ops', 42, 'ops' }

    It 'the other works, before and after' {
        @($seen.theirs).Count | Should -Be 4
        $seen.theirs.Works | Should -Not -Contain $false
    }

    It 'the other has the versions that it brought' {
        $seen.theirs | ForEach-Object { "$($_.Context) $($_.Name) $($_.Version)" } | Select-Object -Unique | Should -Be $expected
    }

    It 'PgCloud has its own, in a context of its own' {
        $ours = $seen.loaded -like 'PgCloud *'
        $ours -match 'Npgsql' | Should -Match '^PgCloud Npgsql 10\.'
        $ours -match 'Newtonsoft' | Should -Match '^PgCloud Newtonsoft\.Json 13\.'
        $ours -match 'Logging' | Should -Match '^PgCloud Microsoft\.Extensions\.Logging\.Abstractions (8|9|10)\.'
    }

    It 'there is no other copy in the default context than PowerShell''s and the other module''s' {
        $seen.loaded -like 'Default *' -notmatch 'Newtonsoft' | Where-Object { $_ -notin $expected } | Should -BeNullOrEmpty
    }
}

Describe 'In several runspaces of one process' {
    It 'ForEach-Object -Parallel works with a session that is passed in' {
        $session = Connect-PgCloud Local
        $answers = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:modulePath
            $instance = Get-PgInstance shared -Session $using:session
            (Get-PgConnection $instance -Credential ($using:user).Credential | Invoke-PgQuery 'SELECT @n::int AS n' @{ n = $_ }).n
        }
        $answers | Sort-Object | Should -Be (1..6)
    }

    It 'ForEach-Object -Parallel has no session of its own unless it opens one' {
        $problem = 1 | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            try { Get-PgInstance } catch { $_.FullyQualifiedErrorId }
        }
        $problem | Should -BeLike 'PgCloud.Cloud.NotConnected,*'
    }

    It 'a user goes into a parallel block and speaks SQL there' {
        (1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:modulePath
            (Invoke-PgQuery 'SELECT current_user::text AS u' -Connection $using:user).u
        }) | Should -Be 'ops', 'ops', 'ops', 'ops'
    }

    It 'Start-ThreadJob works with an explicit session' {
        $session = Connect-PgCloud Local
        $job = Start-ThreadJob -ArgumentList $modulePath, $session -ScriptBlock {
            param($Module, $Session)
            Import-Module $Module
            (Get-PgInstance shared -Session $Session).Status
            (Get-PgAuthorisedIp shared -Session $Session | Out-String).Trim()
        }
        $answer = $job | Receive-Job -Wait -AutoRemoveJob
        $answer[0] | Should -Be 'Ready'
        $answer[1] | Should -Match '127\.0\.0\.1'
    }

    It 'an instance that was read in one runspace is used in another, with its own session' {
        $instance = Get-PgInstance shared
        ($instance | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            ($_ | Get-PgCloudUser).Name
        }) | Should -Be 'ops'
    }

    It 'each has its own default session' {
        $elsewhere = New-TestDirectory
        $script = '$null = Connect-PgCloud Local -StateDirectory $place -Name mine; Start-Sleep -Milliseconds 300; (Get-PgCloudSession).Account; @(Get-PgInstance).Count'
        $one = Start-Pipeline $script @{ place = $pgHome }
        $two = Start-Pipeline $script @{ place = $elsewhere }
        try {
            Wait-Pipeline $one
            Wait-Pipeline $two
            $one.Output | Should -Be $pgHome, 1
            $two.Output | Should -Be $elsewhere, 0
        }
        finally {
            Close-Pipeline $one
            Close-Pipeline $two
            Remove-Item $elsewhere -Recurse
        }
    }

    It 'removing the module from one leaves the others' {
        $other = Start-Pipeline 'Import-Module $module; $null = Connect-PgCloud Local; Remove-Module PgCloud; "gone"' @{ module = $modulePath }
        Wait-Pipeline $other
        $other.Output | Should -Be 'gone'
        Close-Pipeline $other
        (Get-PgInstance shared).Name | Should -Be 'shared'
        ($user | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
    }
}
