// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmCredentialTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcloud-ibm-");
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _directory.Delete(true);

    [Fact]
    public void What_is_given_counts_before_the_environment_and_IC_before_IBMCLOUD_and_a_key_before_a_token()
    {
        _environment["IBMCLOUD_IAM_TOKEN"] = "Bearer env-token";
        Assert.Equal("env-token", Secret<IbmTokenCredential>(new IbmSettings()));
        _environment["IBMCLOUD_API_KEY"] = "ibmcloud-key";
        Assert.Equal("ibmcloud-key", Secret<IbmApiKeyCredential>(new IbmSettings()));
        _environment["IC_API_KEY"] = " ic-key\n";
        Assert.Equal("ic-key", Secret<IbmApiKeyCredential>(new IbmSettings()));
        Assert.Equal("mine", Secret<IbmApiKeyCredential>(new IbmSettings { ApiKey = Text("mine") }));
        Assert.Equal("once", Secret<IbmPasscodeCredential>(new IbmSettings { Passcode = Text("once") }));
        Assert.Equal("given", Secret<IbmTokenCredential>(new IbmSettings { AccessToken = Text("bearer given") }));
    }

    [Theory]
    [InlineData("""{"name":"k","description":"","createdAt":"2026-07-02T14:04+0000","apikey":"file-key"}""")]
    [InlineData("""{"apiKey":"file-key"}""")]
    public void A_key_file_is_read_as_the_command_line_writes_it(string text)
    {
        Write("key.json", text);
        Assert.Equal("file-key", Secret<IbmApiKeyCredential>(new IbmSettings { KeyFile = "key.json", WorkingDirectory = _directory.FullName }));
        _environment["IBMCLOUD_API_KEY"] = "@" + Path.Combine(_directory.FullName, "key.json");
        Assert.Equal("file-key", Secret<IbmApiKeyCredential>(new IbmSettings()));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("""{"key":"hunter2"}""")]
    [InlineData("""{"apikey":["hunter2"]}""")]
    [InlineData("""["hunter2"]""")]
    [InlineData("")]
    public void A_key_file_of_another_kind_is_an_error_without_what_is_in_it(string text)
    {
        string path = Write("key.json", text);
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Read(new IbmSettings { KeyFile = path }));
        Assert.Equal(("PgCloud.Cloud.KeyFileInvalid", path), (failure.ErrorId, failure.Target));
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_that_is_not_there_is_an_error_of_its_own()
    {
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Read(new IbmSettings { KeyFile = Path.Combine(_directory.FullName, "none") }));
        Assert.Equal(("PgCloud.Cloud.KeyFileUnreadable", PgErrorKind.File), (failure.ErrorId, failure.Kind));
    }

    [Fact]
    public void None_and_several_are_errors()
    {
        Assert.Equal("PgCloud.Cloud.CredentialMissing", Assert.Throws<PgCloudException>(() => Read(new IbmSettings())).ErrorId);
        PgCloudException several = Assert.Throws<PgCloudException>(
            () => Read(new IbmSettings { ApiKey = Text("hunter2"), AccessToken = Text("hunter2") }));
        Assert.Equal("PgCloud.Cloud.CredentialInvalid", several.ErrorId);
        Assert.Contains("an API key; an access token", several.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", several.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_would_break_the_header_is_refused_unseen()
    {
        _environment["IC_IAM_TOKEN"] = "hunter2\r\nX-Other: 1";
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Read(new IbmSettings()));
        Assert.Equal("PgCloud.Cloud.CredentialInvalid", failure.ErrorId);
        Assert.Contains("IC_IAM_TOKEN", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_credential_shows_its_secret_and_the_same_one_has_the_same_fingerprint()
    {
        IbmCredential key = Read(new IbmSettings { ApiKey = Text("hunter2") });
        Assert.DoesNotContain("hunter2", key.ToString(), StringComparison.Ordinal);
        Assert.Equal(key.Fingerprint(), Read(new IbmSettings { ApiKey = Text("hunter2") }).Fingerprint());
        Assert.NotEqual(key.Fingerprint(), Read(new IbmSettings { ApiKey = Text("hunter3") }).Fingerprint());
        Assert.NotEqual(key.Fingerprint(), Read(new IbmSettings { Passcode = Text("hunter2") }).Fingerprint());
        Assert.DoesNotContain("hunter2", key.Fingerprint(), StringComparison.Ordinal);
    }

    private static SecureString Text(string text) => Passwords.FromCharacters(text);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private IbmCredential Read(IbmSettings given) =>
        new IbmCredentialReader(given, new IbmEnvironment(name => _environment.GetValueOrDefault(name))).Read();

    private string Secret<T>(IbmSettings given)
        where T : IbmCredential => Passwords.Use(Assert.IsType<T>(Read(given)).Secret, c => new string(c));
}
