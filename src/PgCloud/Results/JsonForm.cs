// SPDX-License-Identifier: MIT

using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PgCloud.Contracts;

namespace PgCloud.Results;

/// <summary>
///   A JSON text for each result set: an array of objects. json and jsonb are part of it as they are, numbers keep all their digits, and
///   what JSON has no word for is a string.
/// </summary>
#pragma warning disable CA1001 // a writer to memory holds nothing that would have to be let go
internal sealed class JsonForm : ResultForm
#pragma warning restore CA1001
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private Utf8JsonWriter? _writer;
    private int _resultSet;

    /// <inheritdoc/>
    internal override IReadOnlyList<object?> Add(SqlRowBatch batch)
    {
        IReadOnlyList<object?> complete = [];
        if (_writer is null || _resultSet != batch.ResultSet)
        {
            complete = Complete();
            _resultSet = batch.ResultSet;
            _writer = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _writer.WriteStartArray();
        }

        foreach (PgRow row in batch.Rows)
        {
            object?[] values = row.Values;
            _writer.WriteStartObject();
            for (int i = 0; i < values.Length; i++)
            {
                _writer.WritePropertyName(batch.Columns[i].Name);
                Write(_writer, values[i], batch.Columns[i].IsJson);
            }

            _writer.WriteEndObject();
        }

        return complete;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<object?> Complete()
    {
        if (_writer is null)
        {
            return [];
        }

        _writer.WriteEndArray();
        _writer.Dispose();
        _writer = null;
        string text = Encoding.UTF8.GetString(_text.WrittenSpan);
        _text.ResetWrittenCount();
        return [text];
    }

    private static void Write(Utf8JsonWriter writer, object? value, bool isJson = false)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text when isJson:
                // The server has checked it.
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case short or int or long or uint or ulong or decimal or BigInteger:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case Array array:
                writer.WriteStartArray();
                foreach (object? element in array)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Text(object value) => value switch
    {
        DateTime { Ticks: var ticks } when ticks == DateTime.MaxValue.Ticks => "infinity",
        DateTime { Ticks: 0 } => "-infinity",
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateOnly date when date == DateOnly.MaxValue => "infinity",
        DateOnly date when date == DateOnly.MinValue => "-infinity",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
