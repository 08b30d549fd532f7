// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>Paths as PowerShell means them: relative to its own location, with its drives. Call it on the pipeline thread.</summary>
internal static class FilePaths
{
    /// <summary>The files that are there.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="isLiteral">Whether they have no wildcards.</param>
    internal static (IReadOnlyList<string> Files, PgCloudException? Error) Existing(PSCmdlet cmdlet, string[] paths, bool isLiteral)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (isLiteral)
            {
                (string file, PgCloudException? error) = One(cmdlet, path);
                if (error is not null)
                {
                    return ([], error);
                }

                files.Add(file);
                continue;
            }

            try
            {
                IEnumerable<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                int before = files.Count;
                files.AddRange(found);
                if (files.Count == before)
                {
                    return ([], PgErrors.TableFileNotFound(path));
                }

                if (provider.Name != "FileSystem")
                {
                    return ([], NoFile(path));
                }
            }
            catch (ItemNotFoundException)
            {
                return ([], PgErrors.TableFileNotFound(path));
            }
            catch (Exception exception) when (exception is RuntimeException or NotSupportedException)
            {
                return ([], PgErrors.TableFileFailed(path, exception.Message, exception));
            }
        }

        return (files, null);
    }

    /// <summary>A file that need not be there.</summary>
    internal static (string File, PgCloudException? Error) One(PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return (file, provider.Name == "FileSystem" ? null : NoFile(path));
        }
        catch (Exception exception) when (exception is RuntimeException or NotSupportedException)
        {
            return (path, PgErrors.TableFileFailed(path, exception.Message, exception));
        }
    }

    private static PgCloudException NoFile(string path) => PgErrors.TableFileFailed(path, "it is not in a file system.");
}
