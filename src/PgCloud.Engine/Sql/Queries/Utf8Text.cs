// SPDX-License-Identifier: MIT

#pragma warning disable NPG9001 // Npgsql may yet change how converters plug in; its version is pinned, and this file is all that uses it

using System.Runtime.CompilerServices;
using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   The bytes of a value in text format, where Npgsql received them: a string for each number and date would be half the time of a
///   query. There is one of it for each connection, and it is good until the next value is read.
/// </summary>
internal sealed class Utf8Text
{
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>The bytes.</summary>
    internal ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>Has Npgsql read such values.</summary>
    internal sealed class Factory : PgTypeInfoResolverFactory
    {
        /// <inheritdoc/>
        public override IPgTypeInfoResolver CreateResolver() => new Resolver();

        /// <inheritdoc/>
        public override IPgTypeInfoResolver? CreateArrayResolver() => null;
    }

    private sealed class Resolver : IPgTypeInfoResolver
    {
        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            type == typeof(Utf8Text) && dataTypeName is { } name ? new PgTypeInfo(options, new Converter(), name) : null;
    }

    private sealed class Converter : PgBufferedConverter<Utf8Text>
    {
        private readonly Utf8Text _text = new();

        public override bool CanConvert(DataFormat format, out BufferRequirements bufferRequirements)
        {
            bufferRequirements = BufferRequirements.Value;
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override Utf8Text ReadCore(PgReader reader)
        {
            System.Buffers.ReadOnlySequence<byte> bytes = reader.ReadBytes(reader.CurrentRemaining);
            _text._bytes = bytes.IsSingleSegment ? bytes.First : System.Buffers.BuffersExtensions.ToArray(bytes);
            return _text;
        }

        protected override void WriteCore(PgWriter writer, Utf8Text value) => throw new NotSupportedException();
    }
}
