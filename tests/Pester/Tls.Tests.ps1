# SPDX-License-Identifier: MIT
# Whom HTTPS is believed. The variable SSL_CERT_FILE is read once in a process, so each case is a process of its own.

BeforeDiscovery { $hasSslCertFile = $IsLinux }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator

    # Connects in a new PowerShell; hands back the session's account, or the error's id.
    function Connect-InOtherProcess([string] $Endpoint, [string] $CertFile) {
        $start = [Diagnostics.ProcessStartInfo]::new($pwsh)
        $start.RedirectStandardOutput = $true
        '-NoProfile', '-NonInteractive', '-Command', @"
            Import-Module '$modulePath'
            try { (Connect-PgCloud Ovh -Endpoint '$Endpoint' -ErrorAction Stop).Account } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }
"@ | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.Environment['OVH_APPLICATION_KEY'] = $emulator.applicationKey
        $start.Environment['OVH_APPLICATION_SECRET'] = $emulator.applicationSecret
        $start.Environment['OVH_CONSUMER_KEY'] = $emulator.consumerKey
        $start.Environment['OVH_CLOUD_PROJECT_SERVICE'] = $emulator.project
        $null = $CertFile ? ($start.Environment['SSL_CERT_FILE'] = $CertFile) : $start.Environment.Remove('SSL_CERT_FILE')
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadToEnd().Trim()
        $process.WaitForExit()
        $process.Dispose()
    }
}

AfterAll { Stop-Emulator $emulator }

Describe 'TLS with the API' -Skip:(-not $hasSslCertFile) {
    It 'trusts an authority of one''s own that SSL_CERT_FILE names' {
        Connect-InOtherProcess $emulator.https $emulator.caFile | Should -Be $emulator.project
    }

    It 'is CertificateUntrusted without it' {
        Connect-InOtherProcess $emulator.https | Should -BeLike 'PgCloud.Cloud.CertificateUntrusted,*'
    }

    It 'is CertificateNameMismatch where the certificate is another host''s, though its authority is trusted' {
        # The same listener by an address that its certificate does not have.
        $other = $emulator.https -replace '127\.0\.0\.1', '[::ffff:127.0.0.1]'
        $said = Connect-InOtherProcess $other $emulator.caFile
        $said | Should -BeLike 'PgCloud.Cloud.CertificateNameMismatch,*'
        $said | Should -Match '127\.0\.0\.1'
    }
}

Describe 'Plain http' {
    It 'is refused for another host than this one, before anything is sent' {
        $problem = Get-Problem { Connect-PgCloud Ovh -Endpoint http://api.example.com/1.0 -AccessToken (New-Secret x) -Project Orders }
        Assert-Problem $problem PgCloud.Cloud.EndpointInvalid InvalidArgument http://api.example.com/1.0 'with https'
    }
}
