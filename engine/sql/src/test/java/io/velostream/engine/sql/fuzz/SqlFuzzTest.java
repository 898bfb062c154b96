package io.velostream.engine.sql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, compiling it gives a plan or problems with a place in the text: no exception, no hang. It runs for
 * a minute with the same texts each time; the profile {@code nightly} lets it run for ten with other texts each day.
 * {@code -Dfuzz.seed=N} repeats a failure, whose message names the seed.
 */
class SqlFuzzTest {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("velostream.fuzz.seconds", 60));
    private static final long SEED = seed(System.getProperty("velostream.fuzz.seed", "20240131"));

    /** Of the processor's time, so that a busy machine does not matter; a superlinear parse takes minutes. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SqlCompiler compiler = new SqlCompiler();
    private final Random random = new Random(SEED);

    /** A number, or {@code today} for other texts each day. */
    private static long seed(String text) {
        return text.equals("today") ? LocalDate.now(ZoneOffset.UTC).toEpochDay() : Long.parseLong(text);
    }

    @Test
    void everyTextIsCompiledOrRefusedWithAPlace() throws IOException {
        RandomSentences sentences = new RandomSentences(random, 60);
        Mutations mutations = new Mutations(random);
        List<String> corpus = corpus();
        assertThat(corpus)
                .as("the corpus itself runs, so mutations reach what is behind the analysis")
                .allMatch(this::check);

        long end = System.nanoTime() + BUDGET.toNanos();
        int rounds = 0;
        for (; System.nanoTime() < end; rounds++) {
            String text = switch (rounds % 4) {
                case 0 -> sentences.statement();
                case 1 -> sentences.query();
                case 2 -> mutations.mutate(sentences.query(), pick(corpus));
                default -> mutations.mutate(pick(corpus), pick(corpus));
            };
            check(text);
        }
        System.out.printf("Fuzzed %d texts in %s with seed %d%n", rounds, BUDGET, SEED);
        assertThat(rounds).as("texts that were tried").isGreaterThan(100);
    }

    private static List<String> corpus() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/plans"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(Files.readString(file).replaceAll("(?s)-- plan --.*", ""));
            }
        }
        return texts;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Whether the text runs. */
    private boolean check(String text) {
        long begin = THREADS.getCurrentThreadCpuTime();
        Compilation compilation;
        try {
            compilation = compiler.compile(text, new CompileOptions(Map.of("x", "1"), Map.of(), true));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + SEED + ": compiling threw for:\n" + text, e);
        }
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin))
                .as("seed %d: time to compile:%n%s", SEED, text)
                .isLessThan(LONGEST);
        int lines = (int) text.lines().count() + 1;
        for (SqlProblem problem : compilation.problems()) {
            assertThat(problem.line()).as("line of %s in:%n%s", problem, text).isBetween(1, Math.max(1, lines));
            assertThat(problem.column())
                    .as("column of %s in:%n%s", problem, text)
                    .isPositive();
            assertThat(problem.length())
                    .as("length of %s in:%n%s", problem, text)
                    .isPositive();
            assertThat(problem.message()).isNotBlank();
            assertThat(SqlProblemRenderer.render("f", text, problem)).isNotBlank();
        }
        if (compilation instanceof Compilation.Refused refused) {
            assertThat(refused.problems())
                    .as("why it is refused:%n%s", text)
                    .anyMatch(problem -> problem.severity() == Severity.ERROR);
            return false;
        }
        return true;
    }
}
