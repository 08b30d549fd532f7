// SPDX-License-Identifier: MIT

using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

public sealed class CidrTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData(" 203.0.113.7 ", "203.0.113.7/32")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("203.0.113.255/25", "203.0.113.128/25")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("255.255.255.255/1", "128.0.0.0/1")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("2001:db8:0:0::ffff/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    public void A_range_is_normalised(string text, string expected) => Assert.Equal(expected, PgCidr.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("203.0.113.7/33")]
    [InlineData("203.0.113.7/-1")]
    [InlineData("203.0.113.7/+8")]
    [InlineData("203.0.113.7/")]
    [InlineData("203.0.113.7/24/24")]
    [InlineData("203.0.113.7/255.255.255.0")]
    [InlineData("203.0.113")]
    [InlineData("1")]
    [InlineData("0x7f.1")]
    [InlineData("203.0.113.007")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:203.0.113.7")]
    [InlineData("127.0.0.1 trust")]
    [InlineData("127.0.0.1\nhost all all all trust")]
    public void What_is_no_range_is_refused(string text)
    {
        var error = Assert.Throws<PgCloudException>(() => PgCidr.Parse(text));
        Assert.Equal("PgCloud.Network.AddressInvalid", error.ErrorId);
        Assert.Equal(PgErrorKind.InvalidArgument, error.Kind);
        Assert.Equal(text, error.Target);
    }

    [Theory]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("::/0", true)]
    [InlineData("0.0.0.0/1", false)]
    public void Only_a_range_without_a_prefix_is_everything(string range, bool expected) =>
        Assert.Equal(expected, PgCidr.Parse(range).IsEverything);
}
