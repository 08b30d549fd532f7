// SPDX-License-Identifier: MIT
const string Help = """
    Runs a script of binary cmdlets where no PowerShell is installed.
    This is a stand-in for tests and the demo; it is not PowerShell.

      dotnet run --project tests/PgCloud.CmdletHost -- SCRIPT.ps1
      dotnet run --project tests/PgCloud.CmdletHost -- -c 'Import-Module ./PgCloud.psd1; Get-PgProvider'
    """;

if (args.Length == 0 || args[0] is "--help" or "-h") {
    Console.WriteLine(Help);
    return args.Length == 0 ? 2 : 0;
}

using CmdletHost host = new() { Console = Console.Out, ErrorConsole = Console.Error };
Console.CancelKeyPress += (_, press) => {
    press.Cancel = true;
    host.Stop();
};

try {
    HostResult result = args is ["-c", var text] ? host.Run(text) : host.RunScript(args[0]);
    return result.TerminatingError is not null || result.Stopped ? 1 : 0;
}
catch (Exception e) when (e is System.Management.Automation.RuntimeException or IOException) {
    Console.Error.WriteLine($"{args[0]}: {e.Message}");
    return 1;
}
