// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using System.Text;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

public sealed class ScramVerifierTests
{
    [Fact]
    public void The_verifier_checks_the_exchange_of_RFC_7677()
    {
        // RFC 7677, section 3: user "user", password "pencil".
        const string authMessage = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        const string serverSignature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

        string verifier = ScramVerifier.Create("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

        string[] parts = verifier.Split('$', ':');
        Assert.Equal(["SCRAM-SHA-256", "4096", "W22ZaJ0SNY7soEsUEjb6gQ=="], parts[..3]);
        byte[] storedKey = Convert.FromBase64String(parts[3]);
        byte[] serverKey = Convert.FromBase64String(parts[4]);
        byte[] message = Encoding.UTF8.GetBytes(authMessage);
        Assert.Equal(serverSignature, Convert.ToBase64String(HMACSHA256.HashData(serverKey, message)));
        byte[] clientSignature = HMACSHA256.HashData(storedKey, message);
        byte[] clientKey = [.. proof.Zip(clientSignature, (a, b) => (byte)(a ^ b))];
        Assert.Equal(storedKey, SHA256.HashData(clientKey));
    }

    [Fact]
    public void Two_verifiers_of_one_password_have_different_salts()
    {
        using var password = Passwords.FromCharacters("pencil");
        string first = ScramVerifier.Create("mary", password);
        Assert.Matches(@"^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$", first);
        Assert.NotEqual(first, ScramVerifier.Create("mary", password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    // Half of a surrogate pair, put together at run time, as an attribute cannot hold it.
    [InlineData("a", '\ud83d')]
    // An emoji, which SASLprep does not know, beside a letter in two pieces, which normalising would join.
    [InlineData("😀e\u0301")]
    public void A_password_that_clients_would_not_agree_on_is_refused(string text, char? end = null)
    {
        using var password = Passwords.FromCharacters(text + end);
        var error = Assert.Throws<PgCloudException>(() => ScramVerifier.Create("mary", password));
        Assert.Equal("PgCloud.User.PasswordInvalid", error.ErrorId);
        Assert.Equal(PgErrorKind.InvalidArgument, error.Kind);
        Assert.Equal("mary", error.Target);
    }

    [Fact]
    public void A_generated_password_has_32_letters_and_digits_and_is_never_the_same()
    {
        string first = Passwords.Use(Passwords.Generate(), characters => new string(characters));
        string second = Passwords.Use(Passwords.Generate(), characters => new string(characters));
        Assert.Matches("^[A-Za-z0-9]{32}$", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Characters_taken_from_a_secure_string_are_overwritten_after_use()
    {
        using var password = Passwords.FromCharacters("pencil");
        char[] seen = Passwords.Use(password, characters => characters);
        Assert.Equal(new char[6], seen);
    }

    [Theory]
    // RFC 4013, section 3.
    [InlineData("I\u00adX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("\u00aa", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("a\u00a0b", "a b")]
    [InlineData("a\u200bb", "a b")]
    // Prohibited, or against the rules for directions: PostgreSQL uses the password as it is.
    [InlineData("\u0007", "\u0007")]
    [InlineData("\u0627\u0031", "\u0627\u0031")]
    [InlineData("é\u0007", "é\u0007")]
    [InlineData("😀", "😀")]
    public void SASLprep_does_what_RFC_4013_and_PostgreSQL_do(string password, string prepared) =>
        Assert.Equal(prepared, new string(SaslPrep.Prepare(password)));
}
