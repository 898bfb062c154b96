package io.velostream.engine.sql.scale;

import com.sun.management.ThreadMXBean;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compiles scripts of a megabyte, of each shape, and of a quarter of it: prints the thread's CPU time, first and best of several runs,
 * and by how much it grew. {@code bench/analysis} starts it.
 */
final class AnalysisBench {

    private static final int MEGABYTE = 1_000_000;
    private static final int RUNS = 5;
    private static final SqlCompiler COMPILER = new SqlCompiler();
    private static final CompileOptions OPTIONS = new CompileOptions(Map.of(), Map.of(), true);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AnalysisBench() {}

    /** Measures the shapes that are named, or all. */
    public static void main(String[] arguments) {
        List<ScriptShape> shapes = arguments.length == 0
                ? List.of(ScriptShape.values())
                : Arrays.stream(arguments)
                        .map(name -> ScriptShape.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        System.out.printf("%-12s %10s %10s %10s %8s%n", "shape", "first ms", "best ms", "1/4 ms", "growth");
        for (ScriptShape shape : shapes) {
            String whole = shape.text(MEGABYTE);
            String quarter = shape.text(MEGABYTE / 4);
            double first = millis(whole);
            double best = best(whole);
            double small = best(quarter);
            System.out.printf(
                    Locale.ROOT, "%-12s %10.0f %10.0f %10.0f %8.1f%n", shape, first, best, small, best / small);
        }
    }

    private static double best(String text) {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            best = Math.min(best, millis(text));
        }
        return best;
    }

    private static double millis(String text) {
        long begin = THREADS.getCurrentThreadCpuTime();
        compile(text);
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e6;
    }

    private static Compilation compile(String text) {
        return COMPILER.compile(text, OPTIONS);
    }

    /** Bytes that compiling a text allocates: a measure of work that does not depend on the machine. */
    static long allocated(String text) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        compile(text);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
