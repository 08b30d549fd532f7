// SPDX-License-Identifier: MIT
const string Help = """
    Runs a script of binary cmdlets where no PowerShell is installed.
    This is a stand-in for tests and the demo; it is not PowerShell.

      dotnet run --project tests/PgCloud.CmdletHost -- SCRIPT.ps1
      dotnet run --project tests/PgCloud.CmdletHost -- -c 'Import-Module ./PgCloud.psd1; Get-PgProvider'
    """;

using CmdletHost host = new() { Console = Console.Out, ErrorConsole = Console.Error };
Console.CancelKeyPress += (_, press) => {
    press.Cancel = true;
    host.Stop();
};
try {
    if (args is [] or ["--help" or "-h"]) Console.WriteLine(Help);
    HostResult? result = args switch { [] or ["--help" or "-h"] => null, ["-c", var text] => host.Run(text), _ => host.RunScript(args[0]) };
    return args.Length == 0 ? 2 : result?.TerminatingError is not null || result?.Stopped == true ? 1 : 0;
}
catch (Exception e) when (e is RuntimeException or IOException) {
    Console.Error.WriteLine($"{args[0]}: {e.Message}");
    return 1;
}
