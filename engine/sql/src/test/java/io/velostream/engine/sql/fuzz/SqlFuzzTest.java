package io.velostream.engine.sql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, compiling it gives a plan or problems with a place in the text: no exception, no hang. It runs for
 * twenty seconds; {@code -Dvelostream.fuzz.seconds=600} for longer, {@code -Dvelostream.fuzz.seed=N} for other texts.
 */
class SqlFuzzTest {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("velostream.fuzz.seconds", 20));
    private static final long SEED = Long.getLong("velostream.fuzz.seed", 20_240_131);

    /** Generous, since the machine may be busy; a superlinear parse takes minutes. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final SqlCompiler compiler = new SqlCompiler();
    private final Random random = new Random(SEED);

    @Test
    void everyTextIsCompiledOrRefusedWithAPlace() throws IOException {
        RandomSentences sentences = new RandomSentences(random, 60);
        Mutations mutations = new Mutations(random);
        List<String> corpus = corpus();
        assertThat(corpus)
                .as("the corpus itself runs, so mutations reach what is behind the analysis")
                .allMatch(this::check);

        long end = System.nanoTime() + BUDGET.toNanos();
        for (int round = 0; System.nanoTime() < end; round++) {
            String text = switch (round % 4) {
                case 0 -> sentences.statement();
                case 1 -> sentences.query();
                case 2 -> mutations.mutate(sentences.query(), pick(corpus));
                default -> mutations.mutate(pick(corpus), pick(corpus));
            };
            check(text);
        }
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
        long begin = System.nanoTime();
        Compilation compilation;
        try {
            compilation = compiler.compile(text, new CompileOptions(Map.of("x", "1"), Map.of(), true));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + SEED + ": compiling threw for:\n" + text, e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
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
