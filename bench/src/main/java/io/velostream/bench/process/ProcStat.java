package io.velostream.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a process's CPU time and memory from Linux' {@code /proc}. */
public final class ProcStat {
    /** Ticks of {@code /proc} a second: USER_HZ, which is 100 on every Linux that runs the JDK. */
    private static final long NANOS_PER_TICK = 1_000_000_000L / 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private ProcStat() {}

    /**
     * CPU time that all threads of the process have used so far, in nanoseconds, in steps of 10 ms; -1 when the process is
     * gone. Source: proc(5), fields utime and stime.
     */
    public static long cpuNanos(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * NANOS_PER_TICK;
        } catch (IOException e) {
            return -1;
        }
    }

    /** The largest resident memory so far in bytes; 0 when the process is gone. */
    public static long peakMemory(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
