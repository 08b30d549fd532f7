// SPDX-License-Identifier: MIT

using System.Runtime.InteropServices;
using System.Text.Json;
using PgCloud.Emulator;
using PgCloud.Emulator.Hosting;

EmulatorOptions options;
try
{
    options = EmulatorOptions.Parse(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

await using EmulatorHost emulator = await EmulatorHost.StartAsync(options);
Console.WriteLine(JsonSerializer.Serialize(emulator.StartLine, Json.Options));

var end = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
Task closed = options.UntilSignal ? Task.Delay(Timeout.Infinite) : Task.Run(() => Console.In.ReadToEnd());
await Task.WhenAny(end.Task, closed);
return 0;

void End(PosixSignalContext context)
{
    // The default would end the process before the servers are stopped.
    context.Cancel = true;
    end.TrySetResult();
}
