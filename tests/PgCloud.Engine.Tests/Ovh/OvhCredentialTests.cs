// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhCredentialTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcloud-ovh-");
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _directory.Delete(true);

    [Fact]
    public void Later_files_override_earlier_ones_key_by_key_and_the_environment_them_all()
    {
        string[] files =
        [
            Write("etc", "[default]\nendpoint=ovh-ca\n[ovh-ca]\napplication_key=etc\napplication_secret=etc-secret\nconsumer_key=etc-consumer"),
            Write("home", "; mine\n[ovh-ca]\napplication_key = home ; note\nconsumer_key: \"home-consumer\"\n[ovh-eu]\napplication_key=other"),
            Write("here", "# here\n\n[ovh-ca]\r\nconsumer_key='here-consumer'\r\n"),
        ];
        _environment["OVH_APPLICATION_SECRET"] = "env-secret";
        OvhCredentialReader reader = Reader(new OvhSettings(), files);

        OvhEndpoint endpoint = reader.ReadEndpoint();
        var credential = Assert.IsType<OvhApplicationCredential>(reader.Read(endpoint));

        Assert.Equal("ovh-ca", endpoint.Name);
        Assert.Equal("home", credential.ApplicationKey);
        Assert.Equal("env-secret", Plain(credential.ApplicationSecret));
        Assert.Equal("here-consumer", Plain(credential.ConsumerKey!));
        Assert.DoesNotContain("secret", credential.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_URL_has_a_section_of_its_own()
    {
        string file = Write("f", "[http://127.0.0.1:1/1.0]\nclient_id=id\nclient_secret=s");
        _environment["OVH_ENDPOINT"] = "http://127.0.0.1:1/1.0";
        OvhCredentialReader reader = Reader(new OvhSettings(), file);
        Assert.Equal("id", Assert.IsType<OvhClientCredential>(reader.Read(reader.ReadEndpoint())).ClientId);
    }

    [Fact]
    public void What_is_given_chooses_the_method_and_the_rest_of_it_is_looked_for()
    {
        _environment["OVH_ACCESS_TOKEN"] = "token-value";
        _environment["OVH_CLIENT_SECRET"] = "env-secret";
        OvhCredentialReader reader = Reader(new OvhSettings { ClientId = "mine" });
        var credential = Assert.IsType<OvhClientCredential>(reader.Read(OvhEndpoint.Parse(null)));
        Assert.Equal(("mine", "env-secret"), (credential.ClientId, Plain(credential.ClientSecret)));
    }

    [Theory]
    [InlineData("to ken")]
    [InlineData("token\nhunter2")]
    public void An_access_token_that_fits_into_no_header_is_refused(string token)
    {
        OvhCredentialReader reader = Reader(new OvhSettings { AccessToken = Passwords.FromCharacters(token) });
        PgCloudException failure = Assert.Throws<PgCloudException>(() => reader.Read(OvhEndpoint.Parse(null)));
        Assert.Equal("PgCloud.Cloud.CredentialInvalid", failure.ErrorId);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_access_token_is_enough()
    {
        _environment["OVH_ACCESS_TOKEN"] = "token-value";
        Assert.IsType<OvhTokenCredential>(Reader(new OvhSettings()).Read(OvhEndpoint.Parse(null)));
    }

    [Fact]
    public void An_application_alone_is_enough_to_ask_for_a_consumer_key()
    {
        var settings = new OvhSettings { ApplicationKey = "ak", ApplicationSecret = Passwords.FromCharacters("as") };
        Assert.Null(Assert.IsType<OvhApplicationCredential>(Reader(settings).Read(OvhEndpoint.Parse(null), true)).ConsumerKey);
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Reader(settings).Read(OvhEndpoint.Parse(null)));
        Assert.Equal("PgCloud.Cloud.CredentialInvalid", failure.ErrorId);
        Assert.Contains("consumer_key is missing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PgCloud.Cloud.CredentialMissing", "OVH_*")]
    [InlineData("PgCloud.Cloud.CredentialMissing", "OVH_*", "OVH_APPLICATION_KEY=")]
    [InlineData("PgCloud.Cloud.CredentialInvalid", "client_secret is missing", "OVH_CLIENT_ID=value1")]
    [InlineData("PgCloud.Cloud.CredentialInvalid", "application_key and consumer_key is missing", "OVH_APPLICATION_SECRET=value1")]
    [InlineData("PgCloud.Cloud.CredentialInvalid", "more than one method", "OVH_CLIENT_ID=value1", "OVH_ACCESS_TOKEN=value2")]
    public void None_a_half_one_and_several_are_errors_that_name_what_was_found(string id, string words, params string[] variables)
    {
        foreach (string variable in variables)
        {
            _environment[variable.Split('=')[0]] = variable.Split('=')[1];
        }

        PgCloudException failure = Assert.Throws<PgCloudException>(() => Reader(new OvhSettings()).Read(OvhEndpoint.Parse(null)));
        Assert.Equal(id, failure.ErrorId);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("value", failure.Message, StringComparison.Ordinal);
        Assert.All(variables.Where(v => !v.EndsWith('=')), v => Assert.Contains(v.Split('=')[0], failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_understood_is_named_with_its_line_and_nothing_of_it()
    {
        string file = Write("f", "[ovh-eu]\nhunter2\n");
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Reader(new OvhSettings(), file));
        Assert.Equal("PgCloud.Cloud.ConfigurationInvalid", failure.ErrorId);
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    private static string Plain(System.Security.SecureString secret) => Passwords.Use(secret, c => new string(c));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private OvhCredentialReader Reader(OvhSettings settings, params string[] files) =>
        new(settings, new OvhConfiguration(name => _environment.GetValueOrDefault(name), files));
}
