// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Which value goes into which column. Names are compared exactly first, then without regard to case where that is unambiguous.</summary>
internal static class ColumnMatch
{
    /// <summary>The columns for a file's header: every name must have one, as COPY cannot leave a field out.</summary>
    internal static IReadOnlyList<string> OfHeader(TableInfo table, TableImportRequest request, IReadOnlyList<string> header) =>
        request.Columns is { } named ? OfNames(table, named) : [.. Pairs(table, request, header).Select(pair => pair.Column)];

    /// <summary>The columns of these names.</summary>
    internal static IReadOnlyList<string> OfNames(TableInfo table, IReadOnlyList<string> names)
    {
        CheckAllThere(table, names);
        return WithoutDoubles(table, [.. names.Select(name => (name, Find(table, name)!))]).Select(pair => pair.Column).ToArray();
    }

    /// <summary>The columns of these names, to be read: computed ones too.</summary>
    internal static IReadOnlyList<string> Readable(TableInfo table, IReadOnlyList<string> names)
    {
        CheckAllThere(table, names);
        return [.. names.Select(name => Find(table, name)!)];
    }

    /// <summary>The names of an object's properties whose values to take, and the columns they go into.</summary>
    internal static (IReadOnlyList<string> Names, IReadOnlyList<string> Columns) OfProperties(
        TableInfo table, TableImportRequest request, IReadOnlyList<string> properties)
    {
        if (properties.Count == 0)
        {
            throw PgErrors.TableObjectEmpty(table.ToString());
        }

        if (request.Columns is null)
        {
            (string Name, string Column)[] pairs = Pairs(table, request, properties);
            return ([.. pairs.Select(pair => pair.Name)], [.. pairs.Select(pair => pair.Column)]);
        }

        IReadOnlyList<string> columns = OfNames(table, request.Columns);
        return ([.. columns.Select(column => PropertyFor(column, request, properties))], columns);
    }

    private static (string Name, string Column)[] Pairs(TableInfo table, TableImportRequest request, IReadOnlyList<string> names)
    {
        string[] targets = [.. names.Select(name => Target(request, name))];
        CheckAllThere(table, targets);
        return WithoutDoubles(table, [.. names.Zip(targets, (name, target) => (name, Find(table, target)!))]);
    }

    private static string Target(TableImportRequest request, string name) => request.ColumnMap.TryGetValue(name, out string? column) ? column : name;

    private static string PropertyFor(string column, TableImportRequest request, IReadOnlyList<string> properties) =>
        properties.FirstOrDefault(name => request.ColumnMap.ContainsKey(name) && Same(Target(request, name), column))
        ?? properties.FirstOrDefault(name => name == column)
        ?? properties.FirstOrDefault(name => Same(name, column))
        ?? throw PgErrors.TablePropertyNotFound(column, properties);

    private static void CheckAllThere(TableInfo table, IEnumerable<string> names)
    {
        string[] unknown = [.. names.Where(name => Find(table, name) is null)];
        if (unknown.Length > 0)
        {
            throw PgErrors.TableColumnNotFound(unknown, table.ToString(), table.Columns.Select(column => column.Name));
        }
    }

    private static (string Name, string Column)[] WithoutDoubles(TableInfo table, (string Name, string Column)[] pairs)
    {
        foreach (IGrouping<string, (string Name, string Column)> group in pairs.GroupBy(pair => pair.Column))
        {
            if (group.Count() > 1)
            {
                throw PgErrors.TableColumnAmbiguous(group.Last().Name, table.ToString(), $"'{group.First().Name}' goes there too");
            }

            if (table.Columns.First(column => column.Name == group.Key).IsGenerated)
            {
                throw PgErrors.TableColumnGenerated(group.Key, table.ToString());
            }
        }

        return pairs;
    }

    private static string? Find(TableInfo table, string name)
    {
        if (table.Columns.Any(column => column.Name == name))
        {
            return name;
        }

        string[] alike = [.. table.Columns.Select(column => column.Name).Where(column => Same(column, name))];
        return alike.Length > 1
            ? throw PgErrors.TableColumnAmbiguous(name, table.ToString(), $"there are {string.Join(" and ", alike)}")
            : alike.FirstOrDefault();
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
