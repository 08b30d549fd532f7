// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>Whether an instance may be changed now.</summary>
internal static class Readiness
{
    /// <summary>Refuses while it is locked, busy or on its way out.</summary>
    internal static void Check(Instance instance)
    {
        CheckPresent(instance);
        CheckLock(instance);
        CheckIdle(instance);
    }

    /// <summary>Refuses while something is being done to it. The status is in the sources, the text is not.</summary>
    internal static void CheckIdle(Instance instance)
    {
        if (instance.State == "provisioning" || instance.IsBusy)
        {
            throw new IbmException(422, "unprocessable_entity", "The instance is being changed. Try again later.");
        }
    }

    internal static void CheckLock(Instance instance)
    {
        if (instance.Locked)
        {
            throw new IbmException(422, "unprocessable_entity", "The instance is locked.");
        }
    }

    internal static void CheckPresent(Instance instance)
    {
        if (instance.IsGone)
        {
            throw new IbmException(410, "gone", "The resource instance is removed.");
        }

        // The text is made up.
        if (instance.State == "pending_removal")
        {
            throw new IbmException(422, "unprocessable_entity", "The instance is being removed.");
        }

        if (instance.State == "pending_reclamation")
        {
            throw new IbmException(400, null, "Instance is pending reclamation. Please restore the instance and retry.");
        }
    }
}
