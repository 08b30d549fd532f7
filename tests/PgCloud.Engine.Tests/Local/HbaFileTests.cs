// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Engine.Providers.Local;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

public sealed class HbaFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_new_file_lets_nobody_in_but_the_module_itself()
    {
        string[] rules = RulesOf(HbaFile.Empty);
        Assert.Equal(
            ["hostssl all pgcloud_superuser 127.0.0.1/32 scram-sha-256", "host all pgcloud_superuser all reject"],
            rules);
    }

    [Fact]
    public void Entries_are_read_as_they_were_written()
    {
        HbaFile file = HbaFile.Empty;
        file.Entries.Add(new HbaEntry("203.0.113.0/24", "the office # second floor"));
        file.Entries.Add(new HbaEntry("2001:db8::/32", string.Empty));
        File.WriteAllBytes(_path, file.ToBytes());

        Assert.Equal(file.Entries, HbaFile.Read(_path).Entries);
        Assert.All(RulesOf(file).Skip(2), r => Assert.StartsWith("hostssl all all ", r, StringComparison.Ordinal));
        Assert.All(RulesOf(file).Skip(2), r => Assert.Contains(" scram-sha-256", r, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_outside_the_block_are_kept()
    {
        string[] lines = [.. Encoding.UTF8.GetString(HbaFile.Empty.ToBytes()).TrimEnd('\n').Split('\n')];
        File.WriteAllLines(_path, ["# mine", "host app app 10.0.0.0/8 scram-sha-256", .. lines, "host last last ::1/128 reject"]);

        HbaFile file = HbaFile.Read(_path);
        file.Entries.Add(new HbaEntry("192.0.2.1/32", "x"));
        string[] written = Encoding.UTF8.GetString(file.ToBytes()).Split('\n');

        Assert.Equal(["# mine", "host app app 10.0.0.0/8 scram-sha-256"], written[..2]);
        Assert.Equal("host last last ::1/128 reject", written[^2]);
    }

    [Fact]
    public void A_file_without_the_block_gets_one_at_its_end()
    {
        File.WriteAllText(_path, "# somebody replaced the file\n");
        HbaFile file = HbaFile.Read(_path);
        Assert.Empty(file.Entries);
        Assert.StartsWith("# somebody replaced the file\n# BEGIN PgCloud", Encoding.UTF8.GetString(file.ToBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_block_with_one_marker_is_not_guessed_at(bool begin, bool end)
    {
        string[] whole = Encoding.UTF8.GetString(HbaFile.Empty.ToBytes()).TrimEnd('\n').Split('\n');
        File.WriteAllLines(_path, whole.Where(l => (begin || !l.StartsWith("# BEGIN", StringComparison.Ordinal))
            && (end || !l.StartsWith("# END", StringComparison.Ordinal))));
        var error = Assert.Throws<PgCloudException>(() => HbaFile.Read(_path));
        Assert.Equal("PgCloud.Network.RuleFileDamaged", error.ErrorId);
        Assert.Equal(_path, error.Target);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("tab\there")]
    [InlineData("goes on\\")]
    public void A_description_that_is_not_one_comment_is_refused(string description)
    {
        var error = Assert.Throws<PgCloudException>(() => HbaFile.CheckDescription(description));
        Assert.Equal("PgCloud.Network.DescriptionInvalid", error.ErrorId);
    }

    private static string[] RulesOf(HbaFile file) =>
        [.. Encoding.UTF8.GetString(file.ToBytes()).Split('\n').Where(l => l.Length > 0 && l[0] != '#')];
}
