using Amble.Behaviours.Writing;
using Amble.Messages;
using Amble.Wire;
using Amble.Wire.Link;
using Xunit;

namespace Amble.Actors.Specs.Wire.Link;

/// <summary>
/// Nodes, a writer that moves, and a network between them that loses, doubles and delays, all played by one seed. Checks at every step what
/// must always hold; <see cref="Finish"/> heals the network and checks that all is done.
/// </summary>
internal sealed class LinkWorld
{
    public static readonly LinkSettings Settings = new(Window: 8, WindowBytes: 8_000, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
    private static readonly WriterQueueSettings Room = WriterQueueSettings.Default with { Entries = 64 };

    private readonly Random _random;
    private readonly List<(int Node, object Message)> _wires = [];
    private readonly Queue<(LinkTaken Taken, Life Life, int Era)>[] _intake = [new(), new()];
    private readonly List<Life> _lives = [];
    private readonly Life[] _nodes = new Life[3];
    private readonly bool _encodes;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private WriterLinkServer _writer;
    private int _named;

    public LinkWorld(int seed)
    {
        _random = new Random(seed);
        // The bytes are slow to make, and the same for all.
        _encodes = seed % 10 == 0;
        _writer = NewWriter();
        for (var node = 0; node < _nodes.Length; node++) Restart(node);
    }

    public int Moves { get; private set; }
    public int Restarts { get; private set; }
    public int Lost { get; private set; }
    public long SentAgain => _lives.Sum(life => life.Client.SentAgain);
    public int Answered => _lives.Sum(life => life.Answers.Count);

    public void Step()
    {
        var node = _random.Next(_nodes.Length);
        switch (_random.Next(100))
        {
            case < 25: Say(node); break;
            case < 70: Deliver(faulty: true); break;
            case < 85: Commit(); break;
            case < 97: Pass(TimeSpan.FromMilliseconds(_random.Next(800))); break;
            case 97 when _random.Next(4) == 0: Move(); break;
            case 98 when _random.Next(8) == 0: Restart(node); break;
            case 99 when _random.Next(8) == 0: Silence(); break;
        }
        Check();
    }

    public void Finish()
    {
        for (var i = 0; i < 20_000 && (_wires.Count > 0 || _intake.Any(lane => lane.Count > 0) || _nodes.Any(node => node.Client.Count > 0)); i++)
        {
            Deliver(faulty: false);
            Commit();
            if (_wires.Count == 0) Pass(TimeSpan.FromSeconds(1));
            Check();
        }
        foreach (var life in _nodes)
        {
            Assert.Equal(0, life.Client.Count);
            Assert.Equal(0L, life.Client.Bytes);
            Assert.Equal(0, life.Client.Sent);
            Assert.Equal(Enumerable.Range(1, life.Said), life.Answers.Order());
        }
        Assert.Equal(0, _writer.Waiting);
    }

    private void Say(int node)
    {
        var life = _nodes[node];
        // What an entity hands in is bounded by its permits, which come only while there is room.
        if (!life.Client.HasRoom) return;
        var number = ++life.Said;
        WriterProtocol.ICommand command = _random.Next(2) == 0
            ? new WriterProtocol.EndRetry(new JobId(number), _now)
            : new WriterProtocol.CloseUnits(new JobId(number), [.. Enumerable.Range(1, _random.Next(100)).Select(page => new PageId(page))], null, _now);
        life.Lanes[number] = command.Priority;
        Follow(node, life.Client.Take(command, number, _now));
    }

    private void Deliver(bool faulty)
    {
        if (_wires.Count == 0) return;
        // Now and then a message overtakes another one; mostly each sender's come in their order.
        var at = faulty && _random.Next(10) == 0 ? _random.Next(_wires.Count) : _wires.FindIndex(one => one.Node == _wires[_random.Next(_wires.Count)].Node);
        at = Math.Max(at, 0);
        var (node, message) = _wires[at];
        if (!faulty || _random.Next(15) != 0) _wires.RemoveAt(at);
        if (faulty && _random.Next(12) == 0)
        {
            Lost++;
            return;
        }
        switch (_encodes ? Sent(message) : message)
        {
            case LinkProtocol.IToWriter m:
                // A late hello of a former life is heard again, and ends what the writer knows of the present one until that says hello again.
                if (m is LinkProtocol.Hello && m.Session != _nodes[node].Session) Forgotten(life => life.Node == node);
                var step = _writer.Hear(m, _now);
                if (step.Taken is { } taken && _lives.Single(one => one.Session == taken.Session) is var life) _intake[(int)taken.Command.Priority].Enqueue((taken, life, life.Era));
                _wires.AddRange(step.Send.Select(answer => (node, (object)answer)));
                break;
            case LinkProtocol.IFromWriter m: Follow(node, _nodes[node].Client.Hear(m, _now)); break;
        }
    }

    private void Commit()
    {
        // The writer's turns keep the order within a lane, and let interactive commands go before.
        if (!_intake[0].TryDequeue(out var next) && !_intake[1].TryDequeue(out next)) return;
        var (taken, life, era) = next;
        life.Store(taken.Command switch { WriterProtocol.EndRetry m => m.Job, WriterProtocol.CloseUnits m => m.Job, var other => throw new InvalidOperationException($"Nobody said {other}.") }, era);
        if (_writer.Committed(taken.Session, taken.Number, new WriterProtocol.JobStateSet(new JobId(taken.Number), JobState.Running)) is { } answer)
        {
            _wires.Add((life.Node, answer));
        }
    }

    private static object Sent(object message)
    {
        var (manifest, bytes) = Codec.Encode(message);
        return Codec.Decode(manifest, bytes);
    }

    private void Follow(int node, ClientStep step)
    {
        _wires.AddRange(step.Send.Select(message => (node, (object)message)));
        foreach (var (tag, reply) in step.Answers)
        {
            Assert.Equal((int)tag, (int)((WriterProtocol.JobStateSet)reply).Job.Value);
            Assert.True(_nodes[node].IsStored((int)tag), "An answer came before its commit.");
            Assert.True(_nodes[node].Answers.Add((int)tag), "An answer came twice.");
        }
    }

    private void Pass(TimeSpan time)
    {
        _now += time;
        _writer.Tick(_now);
        for (var node = 0; node < _nodes.Length; node++)
        {
            if (_nodes[node].Client.WakesAt <= _now) Follow(node, _nodes[node].Client.Tick(_now));
        }
    }

    private void Silence()
    {
        Forgotten(_ => true);
        Pass(Settings.Silence * 2);
    }

    private void Forgotten(Func<Life, bool> which)
    {
        foreach (var life in _lives.Where(which)) life.Era++;
    }

    // What was taken and not committed is gone with the old writer; what it said is still under way.
    private void Move()
    {
        Moves++;
        Forgotten(_ => true);
        foreach (var lane in _intake) lane.Clear();
        _writer = NewWriter();
    }

    private WriterLinkServer NewWriter() => new(NewName(), Settings);

    private void Restart(int node)
    {
        Restarts++;
        var session = new LinkSession($"node{node}", NewName());
        _nodes[node] = new Life(node, session, new WriterLinkClient(session, Settings, Room));
        _lives.Add(_nodes[node]);
    }

    private Guid NewName() => new(++_named, 0, 0, new byte[8]);

    private void Check()
    {
        foreach (var life in _nodes)
        {
            Assert.InRange(life.Client.Sent, 0, Settings.Window);
            Assert.InRange(life.Client.Count, 0, Room.Entries / 2);
        }
        Assert.InRange(_writer.Nodes, 0, _nodes.Length);
        Assert.InRange(_writer.Waiting + _writer.Remembered, 0, Settings.Window * _nodes.Length);
    }

    /// <summary>One life of a node, and what the store has of it.</summary>
    private sealed class Life(int node, LinkSession session, WriterLinkClient client)
    {
        private readonly HashSet<int> _stored = [];
        private readonly Dictionary<WriterProtocol.Priority, (int Era, int Number)> _last = [];

        public int Node => node;
        public LinkSession Session => session;
        public WriterLinkClient Client => client;
        /// <summary>Grows whenever the writer forgets this life: what it took and had not answered is taken again then.</summary>
        public int Era { get; set; }
        public int Said { get; set; }
        public HashSet<int> Answers { get; } = [];
        public Dictionary<int, WriterProtocol.Priority> Lanes { get; } = [];

        public bool IsStored(int number) => _stored.Contains(number);

        public void Store(JobId job, int era)
        {
            var number = (int)job.Value;
            var lane = Lanes[number];
            var missing = Enumerable.Range(1, number - 1).Where(earlier => Lanes[earlier] == lane && !_stored.Contains(earlier)).Take(1).ToList();
            Assert.True(missing.Count == 0, $"{number} was stored before {missing.FirstOrDefault()}.");
            Assert.True(!_last.TryGetValue(lane, out var last) || last.Era != era || last.Number < number, $"{number} was stored after {last.Number} by a writer that knew both.");
            _stored.Add(number);
            _last[lane] = (era, number);
        }
    }
}
