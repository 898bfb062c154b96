package io.velostream.engine.runtime.memory;

import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.runtime.state.ColdStorage;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of a pod's live state, shared out among the tasks that have some. While all of them together are within the
 * limit, each takes what it needs; once they are not, a task that has more than its even share gives so much back that
 * all are at three quarters of the limit, though it keeps as much of its even share. Safe for use by several threads: a
 * task reports after each batch, so that a record costs nothing.
 */
public final class MemoryBudget {

    private static final double AFTERWARDS = 0.75;

    private volatile MemoryLimits limits;
    private final Optional<ColdStorage> disk;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger shares = new AtomicInteger();
    private final Map<LimitedResource, AtomicLong> violations = new EnumMap<>(LimitedResource.class);
    private final Map<Object, Operator> operators = new IdentityHashMap<>();

    private static final class Operator {
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong groups = new AtomicLong();
        private final AtomicInteger tasks = new AtomicInteger();
    }

    /**
     * @param disk where state goes that does not fit; without it, all state is held in memory
     */
    public MemoryBudget(MemoryLimits limits, Optional<ColdStorage> disk) {
        this.limits = limits;
        this.disk = disk;
        for (LimitedResource resource : LimitedResource.values()) {
            violations.put(resource, new AtomicLong());
        }
    }

    /** Other limits hold from now on; each task comes within them after its next batch, or its next tick. */
    public void change(MemoryLimits changed) {
        limits = changed;
    }

    /** What is done when a share is exceeded. */
    public ExhaustionPolicy policy() {
        return limits.policy();
    }

    /** A budget that never ends, for tests and benchmarks. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(MemoryLimits.NONE, Optional.empty());
    }

    /** What holds. */
    public MemoryLimits limits() {
        return limits;
    }

    /** Where state goes that does not fit; empty when the policy keeps it in memory. */
    public Optional<ColdStorage> disk() {
        return limits.policy() == ExhaustionPolicy.SPILL ? disk : Optional.empty();
    }

    /** Bytes that a table may have which is put together for a moment and counted for nobody. */
    public long tableBytes() {
        return limits.totalBytes() == Long.MAX_VALUE ? Long.MAX_VALUE : limits.totalBytes() / 4;
    }

    /** Bytes of all tasks as they were last reported. */
    public long bytes() {
        return bytes.get();
    }

    /** How often a limit was reached and something was done about it. */
    public long violations(LimitedResource resource) {
        return violated(resource).get();
    }

    private AtomicLong violated(LimitedResource resource) {
        AtomicLong count = violations.get(resource);
        if (count == null) {
            throw new IllegalStateException("Violations of " + resource + " are not counted");
        }
        return count;
    }

    /**
     * The share of one task.
     *
     * @param operator the same object for all tasks of an operator
     */
    public Share open(Object operator) {
        Operator known;
        synchronized (operators) {
            known = operators.computeIfAbsent(operator, key -> new Operator());
            known.tasks.incrementAndGet();
        }
        shares.incrementAndGet();
        return new Share(operator, known);
    }

    /** What one task may take. It belongs to the task's thread. */
    public final class Share implements AutoCloseable {

        private final Object key;
        private final Operator operator;
        private long reportedBytes;
        private long reportedGroups;
        private long reportedSoon;
        private boolean closed;

        private Share(Object key, Operator operator) {
            this.key = key;
            this.operator = operator;
        }

        /**
         * Reports what the task holds in memory.
         *
         * @param soon bytes that it will soon allocate on top
         * @return whether it must come down to {@link #target}
         */
        public boolean isExceeded(long nowBytes, long soon, long nowGroups) {
            report(nowBytes, nowGroups);
            reportedSoon = soon;
            int tasks = operator.tasks.get();
            return over(bytes.get(), soon, nowBytes, limits.totalBytes(), shares.get())
                    || over(operator.bytes.get(), soon, nowBytes, limits.operatorBytes(), tasks)
                    || over(operator.groups.get(), 0, nowGroups, limits.operatorGroups(), tasks);
        }

        private void report(long nowBytes, long nowGroups) {
            if (closed) {
                return;
            }
            bytes.addAndGet(nowBytes - reportedBytes);
            operator.bytes.addAndGet(nowBytes - reportedBytes);
            operator.groups.addAndGet(nowGroups - reportedGroups);
            reportedBytes = nowBytes;
            reportedGroups = nowGroups;
        }

        private static boolean over(long all, long soon, long own, long limit, int holders) {
            return limit != Long.MAX_VALUE && all + soon > limit && own + soon > limit / holders;
        }

        /** Something is done since the share is exceeded: that is counted. */
        public void violated() {
            boolean byGroups = operator.groups.get() > limits.operatorGroups();
            count(byGroups ? LimitedResource.AGGREGATION_GROUPS : LimitedResource.MEMORY);
        }

        /** A record was refused since its key has as many windows open as it may: that is counted. */
        public void tooManyWindows() {
            count(LimitedResource.WINDOWS_PER_KEY);
        }

        private void count(LimitedResource resource) {
            MemoryBudget.this.violated(resource).incrementAndGet();
        }

        /** Windows that one key may have open. */
        public int windowsPerKey() {
            return limits.windowsPerKey();
        }

        /** What is done when the share is exceeded. */
        public ExhaustionPolicy policy() {
            return limits.policy();
        }

        /** Bytes that the task may still hold once it is over its share: with what it will soon allocate, it fits then. */
        public long target() {
            int tasks = operator.tasks.get();
            double byTotal = rest(bytes.get() + reportedSoon, ahead(), limits.totalBytes(), shares.get());
            double byOperator = rest(operator.bytes.get() + reportedSoon, ahead(), limits.operatorBytes(), tasks);
            double fits = Math.min(byTotal, byOperator);
            double target = Math.max(Math.min(reportedBytes, fits) / 4, fits - reportedSoon);
            if (operator.groups.get() > limits.operatorGroups()) {
                double groups = rest(operator.groups.get(), reportedGroups, limits.operatorGroups(), tasks);
                target = Math.min(target, reportedBytes * groups / Math.max(1, reportedGroups));
            }
            return (long) target;
        }

        private long ahead() {
            return reportedBytes + reportedSoon;
        }

        private static double rest(long all, long own, long limit, int holders) {
            double afterwards = AFTERWARDS * limit;
            return Math.max(afterwards / holders, own - (all - afterwards));
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            report(0, 0);
            closed = true;
            shares.decrementAndGet();
            synchronized (operators) {
                if (operator.tasks.decrementAndGet() == 0) {
                    operators.remove(key);
                }
            }
        }
    }
}
