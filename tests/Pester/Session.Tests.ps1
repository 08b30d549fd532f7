# Connect-, Disconnect- and Get-PgCloudSession.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = New-TestDirectory
    $env:PGCLOUD_HOME = $pgHome
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Connect-PgCloud' {
    BeforeEach { Close-Session }

    It 'opens a session and makes it the default' {
        $session = Connect-PgCloud -Provider Local
        $session | Should -BeOfType PgCloud.PgCloudSession
        $session.Provider | Should -Be 'Local'
        $session.IsDefault | Should -BeTrue
        $session.ConnectedAt.Offset | Should -Be ([timespan]::Zero)
        ([datetimeoffset]::UtcNow - $session.ConnectedAt).TotalMinutes | Should -BeLessThan 5
    }

    It 'keeps the instances in $env:PGCLOUD_HOME' {
        (Connect-PgCloud Local).Account | Should -Be $pgHome
    }

    It 'prefers -StateDirectory, and reads it from the present location' {
        Push-Location $pgHome
        try { (Connect-PgCloud Local -StateDirectory ./apart).Account | Should -Be (Join-Path $pgHome 'apart') }
        finally { Pop-Location }
        Join-Path $pgHome 'apart' | Should -Exist
    }

    It 'makes the newest session the default, and only that one' {
        $first = Connect-PgCloud Local
        $second = Connect-PgCloud Local
        $first.IsDefault | Should -BeFalse
        $second.IsDefault | Should -BeTrue
        $second.Name | Should -Not -Be $first.Name
    }

    It 'replaces a session of the same name' {
        $null = Connect-PgCloud Local -Name one
        $again = Connect-PgCloud Local -Name one -StateDirectory (Join-Path $pgHome 'apart')
        (Get-PgCloudSession).Account | Should -Be $again.Account
    }

    It 'replaces a session whose name differs in case only, since -Session would not tell them apart' {
        $null = Connect-PgCloud Local -Name one
        $null = Connect-PgCloud Local -Name ONE
        @(Get-PgCloudSession).Count | Should -Be 1
    }

    It 'refuses a directory below a file' {
        $file = Join-Path $pgHome 'a file'
        Set-Content $file ''
        $path = Join-Path $file 'below'
        Assert-Problem (Get-Problem { Connect-PgCloud Local -StateDirectory $path }) PgCloud.Cloud.StateDirectoryInvalid WriteError $path
        @(Get-PgCloudSession).Count | Should -Be 0
    }

    It 'refuses a file' {
        $file = Join-Path $pgHome 'a file'
        Set-Content $file ''
        Assert-Problem (Get-Problem { Connect-PgCloud Local -StateDirectory $file }) PgCloud.Cloud.StateDirectoryInvalid WriteError $file
    }

    It 'refuses a provider there is not, and names those there are' {
        $problem = Get-Problem { Connect-PgCloud -Provider Nowhere }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        "$problem" | Should -Match 'Local'
    }

    It 'shows name, provider and account, whatever the session is' {
        $session = Connect-PgCloud Local -Name shown
        "$session" | Should -Be 'shown'
        $session | Out-String | Should -Match 'shown.*Local|Local.*shown'
    }
}

Describe 'Get-PgCloudSession' {
    BeforeEach {
        Close-Session
        $one = Connect-PgCloud Local -Name one
        $other = Connect-PgCloud Local -Name other
    }

    It 'lists all sessions in the order in which they were opened' {
        (Get-PgCloudSession).Name | Should -Be 'one', 'other'
    }

    It 'takes wildcards and does not mind case' {
        (Get-PgCloudSession -Name O*).Name | Should -Be 'one', 'other'
        (Get-PgCloudSession OTHER).Name | Should -Be 'other'
    }

    It 'is silent about a pattern that nothing matches' {
        Get-Problem { Get-PgCloudSession x* } | Should -BeNullOrEmpty
    }

    It 'says so when there is no session of a name' {
        Assert-Problem (Get-Problem { Get-PgCloudSession nope }) PgCloud.Cloud.SessionNotFound ObjectNotFound nope
    }

    It 'is not used by another runspace' {
        $pipeline = Start-Pipeline '@(Get-PgCloudSession).Count'
        Wait-Pipeline $pipeline
        $pipeline.Output | Should -Be 0
        Close-Pipeline $pipeline
    }
}

Describe 'Disconnect-PgCloud' {
    BeforeEach { Close-Session }

    It 'closes the default session, and the one before becomes the default' {
        $first = Connect-PgCloud Local
        $null = Connect-PgCloud Local
        Disconnect-PgCloud
        (Get-PgCloudSession).Name | Should -Be $first.Name
        $first.IsDefault | Should -BeTrue
    }

    It 'closes a session by name and leaves the default as it is' {
        $null = Connect-PgCloud Local -Name first
        $second = Connect-PgCloud Local -Name second
        Disconnect-PgCloud first
        (Get-PgCloudSession).Name | Should -Be 'second'
        $second.IsDefault | Should -BeTrue
    }

    It 'closes every session that is piped in' {
        1..3 | ForEach-Object { $null = Connect-PgCloud Local }
        Get-PgCloudSession | Disconnect-PgCloud
        Get-PgCloudSession | Should -BeNullOrEmpty
    }

    It 'says so when there is none' {
        Assert-Problem (Get-Problem { Disconnect-PgCloud }) PgCloud.Cloud.NotConnected InvalidOperation $null
    }
}

Describe '-Session' {
    BeforeEach { Close-Session }

    It 'takes a name of this runspace' {
        $null = Connect-PgCloud Local -Name here -StateDirectory (Join-Path $pgHome 'apart')
        $null = Connect-PgCloud Local
        Get-Problem { Get-PgInstance -Session here } | Should -BeNullOrEmpty
    }

    It 'refuses a name there is not' {
        $problem = Get-Problem { Get-PgInstance -Session nope }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$problem" | Should -Match "no session named 'nope'"
    }

    It 'without it and without a default the cmdlet ends with <id>' -ForEach @{ id = 'PgCloud.Cloud.NotConnected' } {
        $problem = $null
        try { 'a', 'b' | Get-PgInstance } catch { $problem = $_ }
        Assert-Problem $problem $id InvalidOperation $null
    }

    It 'a session object still works after it was closed for the runspace' {
        $session = Connect-PgCloud Local
        Disconnect-PgCloud
        Get-Problem { Get-PgInstance -Session $session } | Should -BeNullOrEmpty
    }
}

Describe 'An ordinary user' -Skip:(-not ((id -u) -eq 0 -and (Get-Command setpriv -ErrorAction Ignore) -and (id -u postgres 2>$null))) {
    It 'has the instances in the XDG data directory' {
        $place = New-TestDirectory
        chown postgres $place
        try {
            $child = Invoke-Child -Prefix setpriv, '--reuid=postgres', '--regid=postgres', '--init-groups', '--' -Environment @{
                HOME = $place; XDG_DATA_HOME = "$place/data"; XDG_CACHE_HOME = "$place/cache"; XDG_CONFIG_HOME = "$place/config"; PGCLOUD_HOME = ''
            } -Script {
                param($Module)
                Import-Module $Module
                (Connect-PgCloud Local).Account
            }
            $child.Output.Trim() | Should -Be "$place/data/pgcloud" -Because $child.Error
        }
        finally { Remove-Item $place -Recurse -Force }
    }
}
