// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Activity;

/// <summary>Who waits for whom, from what each session says it is blocked by.</summary>
internal sealed class BlockingTree
{
    private readonly IReadOnlyList<PgActivity> _sessions;
    private readonly Dictionary<int, PgActivity> _byProcess;
    private readonly ILookup<int, PgActivity> _waiting;
    private readonly HashSet<int> _climbed = [];

    private BlockingTree(IReadOnlyList<PgActivity> sessions)
    {
        _sessions = sessions;
        _byProcess = sessions.ToDictionary(session => session.ProcessId);
        _waiting = sessions.SelectMany(session => session.BlockedBy, (session, blocker) => (blocker, session)).ToLookup(p => p.blocker, p => p.session);
    }

    /// <summary>
    ///   Fills in who blocks whom, and orders the sessions: each that blocks others and waits for nobody is followed by those that wait
    ///   for it, and so on; the rest comes after.
    /// </summary>
    internal static IReadOnlyList<PgActivity> Arrange(IReadOnlyList<PgActivity> sessions)
    {
        var tree = new BlockingTree(sessions);
        foreach (PgActivity session in sessions)
        {
            session.Blocking = [.. tree._waiting[session.ProcessId].Select(waiting => waiting.ProcessId)];
            tree.Climb(session);
        }

        return tree.InOrder();
    }

    /// <summary>
    ///   Finds the roots above a session and how far it is to the farthest. Each session is looked at once: in a queue for one lock everyone
    ///   waits for all before it, so that the ways up are without number. A deadlock, which the server is about to end, is a circle without
    ///   a root.
    /// </summary>
    private void Climb(PgActivity session)
    {
        if (!_climbed.Add(session.ProcessId))
        {
            return;
        }

        var roots = new SortedSet<int>();
        foreach (int blocker in session.BlockedBy)
        {
            int above = 0;
            if (_byProcess.TryGetValue(blocker, out PgActivity? blocking) && blocking.BlockedBy.Count > 0)
            {
                Climb(blocking);
                above = blocking.BlockingDepth;
                roots.UnionWith(blocking.RootBlocker);
            }
            else
            {
                roots.Add(blocker);
            }

            session.BlockingDepth = Math.Max(session.BlockingDepth, above + 1);
        }

        session.RootBlocker = [.. roots];
    }

    private List<PgActivity> InOrder()
    {
        var ordered = new List<PgActivity>();
        var placed = new HashSet<int>();
        void Place(PgActivity session)
        {
            if (placed.Add(session.ProcessId))
            {
                ordered.Add(session);
                foreach (PgActivity waiting in _waiting[session.ProcessId])
                {
                    Place(waiting);
                }
            }
        }

        foreach (PgActivity session in _sessions.Where(session => session.Blocking.Count > 0 && session.BlockedBy.Count == 0)
            .Concat(_sessions.Where(session => session.BlockedBy.Count > 0))
            .Concat(_sessions))
        {
            Place(session);
        }

        return ordered;
    }
}
