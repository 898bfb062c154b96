package io.velostream.bench.nexmark.job;

import java.lang.management.ManagementFactory;

/**
 * Time that a job has taken, whole and for the second half of its records, when the compilers have mostly done their work.
 * CPU time is that of the process: threads of the JIT compilers and the collector are in it.
 */
public final class Timing {

    private final long records;
    private final Moment begin = Moment.now();
    private Moment middle = begin;
    private Moment end = begin;
    private long seen;

    private record Moment(long nanos, long cpu) {
        static Moment now() {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Moment(System.nanoTime(), system.getProcessCpuTime());
        }
    }

    /** Begins now; {@code records} will be processed. */
    public Timing(long records) {
        this.records = records;
    }

    /** So many more records are processed. */
    public void processed(long more) {
        if (seen < records / 2 && seen + more >= records / 2) {
            middle = Moment.now();
        }
        seen += more;
    }

    /** All are processed. */
    public void end() {
        end = Moment.now();
    }

    /** Seconds of wall-clock time. */
    public double seconds() {
        return (end.nanos - begin.nanos) / 1e9;
    }

    /** Records a second of wall-clock time. */
    public long rate() {
        return rate(records, begin);
    }

    /** The same for the second half. */
    public long warmRate() {
        return rate(records - records / 2, middle);
    }

    private long rate(long count, Moment since) {
        return Math.round(count * 1e9 / Math.max(1, end.nanos - since.nanos));
    }

    /** CPU nanoseconds a record. */
    public long cpu() {
        return (end.cpu - begin.cpu) / Math.max(1, records);
    }

    /** The same for the second half. */
    public long warmCpu() {
        return (end.cpu - middle.cpu) / Math.max(1, records - records / 2);
    }
}
