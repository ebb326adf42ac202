// These tests wait for other processes most of the time; more at once would make the processes wait for each other.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 4)]
