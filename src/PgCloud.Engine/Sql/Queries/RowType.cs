// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   The type of the rows of one shape: a class with a property for each column, made at run time. An object with eight note properties
///   takes PowerShell longer to make than the server takes for the whole row. Results of one shape share their type, by which PowerShell
///   remembers what properties there are.
/// </summary>
internal sealed class RowType
{
    // As PowerShell itself keeps what it knows of a type, letting go of types would free nothing.
    private static readonly ConcurrentDictionary<string, Lazy<RowType>> Known = new(StringComparer.Ordinal);
    private static readonly Lazy<ModuleBuilder> Module = new(() =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("PgCloud.Rows"), AssemblyBuilderAccess.Run).DefineDynamicModule("PgCloud.Rows"));
    private static readonly MethodInfo GetValues = typeof(PgRow).GetMethod("GetValues", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // A module is not made for several threads at once.
    private static readonly object Gate = new();
    private static int _count;

    private RowType(Reader read) => Read = read;

    /// <summary>Reads a row.</summary>
    internal delegate PgRow Reader(RowSource row, ColumnType[] types);

    /// <summary>Reads a row whose columns are of the types given, each of the kind that the row type was made for.</summary>
    internal Reader Read { get; }

    /// <summary>The type for columns of these names and types.</summary>
    internal static RowType For(string[] names, ColumnType[] types)
    {
        string key = string.Join('\0', names.Zip(types, (name, type) => $"{name}\0{type.PropertyType}\0{type.GetType().Name}"));
        return Known.GetOrAdd(key, _ => new Lazy<RowType>(() => Make(names, types))).Value;
    }

    private static RowType Make(string[] names, ColumnType[] types)
    {
        lock (Gate)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"PgCloud.Rows.Row{++_count}");
            TypeBuilder builder = Module.Value.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(PgRow));
            builder.DefineDefaultConstructor(MethodAttributes.Public);
            FieldBuilder[] fields = [.. names.Select((column, i) => DefineColumn(builder, column, types[i].PropertyType, i))];
            DefineGetValues(builder, fields);
            return new RowType(MakeReader(builder.CreateType(), fields, types));
        }
    }

    private static FieldBuilder DefineColumn(TypeBuilder builder, string name, Type type, int ordinal)
    {
        const MethodAttributes accessor = MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig;
        FieldBuilder field = builder.DefineField(FieldName(ordinal), type, FieldAttributes.Private);
        PropertyBuilder property = builder.DefineProperty(name, PropertyAttributes.None, type, null);

        MethodBuilder getter = builder.DefineMethod("get_" + name, accessor, type, Type.EmptyTypes);
        ILGenerator get = getter.GetILGenerator();
        get.Emit(OpCodes.Ldarg_0);
        get.Emit(OpCodes.Ldfld, field);
        get.Emit(OpCodes.Ret);
        property.SetGetMethod(getter);

        MethodBuilder setter = builder.DefineMethod("set_" + name, accessor, null, [type]);
        ILGenerator set = setter.GetILGenerator();
        set.Emit(OpCodes.Ldarg_0);
        set.Emit(OpCodes.Ldarg_1);
        set.Emit(OpCodes.Stfld, field);
        set.Emit(OpCodes.Ret);
        property.SetSetMethod(setter);
        return field;
    }

    private static void DefineGetValues(TypeBuilder builder, FieldBuilder[] fields)
    {
        MethodBuilder method = builder.DefineMethod(
            GetValues.Name,
            MethodAttributes.Family | MethodAttributes.Virtual | MethodAttributes.HideBySig,
            GetValues.ReturnType,
            Type.EmptyTypes);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, fields.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (int i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, fields[i]);
            il.Emit(OpCodes.Box, fields[i].FieldType);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Ret);
    }

    /// <summary>A method that makes a row and fills it, value by value without boxes.</summary>
    private static Reader MakeReader(Type type, FieldBuilder[] fields, ColumnType[] types)
    {
        var method = new DynamicMethod("Read", typeof(PgRow), [typeof(RowSource), typeof(ColumnType[])], typeof(RowType), skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Newobj, type.GetConstructor(Type.EmptyTypes)!);
        for (int i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Call, types[i].ReadMethod);
            il.Emit(OpCodes.Stfld, type.GetField(FieldName(i), BindingFlags.Instance | BindingFlags.NonPublic)!);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reader>();
    }

    private static string FieldName(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"_{ordinal}");
}
