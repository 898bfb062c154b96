package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.ErrorHandling;
import io.velostream.engine.plan.physical.ErrorHandling.Strategy;
import io.velostream.engine.sql.tree.Location;
import java.util.List;
import java.util.Optional;

/** WITH entries and annotations → what happens to a record that cannot be processed. WITH is stronger. */
final class ErrorHandlingReader {

    private static final List<String> STRATEGIES = List.of(
            "retry",
            "deadletter",
            "skip",
            "fail",
            "dead_letter",
            "logandcontinue",
            "sendtodlq",
            "failbatch",
            "retrywithbackoff");

    private final Problems problems;

    ErrorHandlingReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads what one query wants.
     *
     * @param annotations those before its statement
     */
    ErrorHandling read(PropertySet sink, List<Annotation> annotations) {
        PropertySet all = new PropertySet(problems);
        for (Annotation annotation : annotations) {
            key(annotation.name())
                    .ifPresent(key -> all.put(key, new PropertySet.Entry(annotation.value(), annotation.location())));
        }
        all.addAll(sink);
        Optional<Strategy> strategy =
                all.word(PropertyKey.FAILURE_STRATEGY, STRATEGIES).map(ErrorHandlingReader::of);
        Optional<Boolean> letters = all.entry(PropertyKey.DEAD_LETTER_ENABLED)
                .map(entry -> all.flag(PropertyKey.DEAD_LETTER_ENABLED, false));
        Optional<String> topic = all.text(PropertyKey.DEAD_LETTER_TOPIC);
        topic.filter(name -> !Topics.isLegal(name))
                .ifPresent(name -> problems.add(
                        ProblemCode.BAD_PROPERTY_VALUE,
                        all.entry(PropertyKey.DEAD_LETTER_TOPIC).orElseThrow().location(),
                        "'" + name + "' cannot be the name of a topic",
                        "use letters, digits, '.', '_' and '-'"));
        boolean wantsLetters = letters.orElse(topic.isPresent());
        if (wantsLetters && strategy.orElse(Strategy.SKIP) == Strategy.SKIP) {
            strategy = Optional.of(Strategy.DEAD_LETTER);
        } else if (letters.isPresent() && strategy.isEmpty()) {
            strategy = Optional.of(Strategy.SKIP);
        }
        return new ErrorHandling(strategy, topic, retries(all));
    }

    private static Optional<PropertyKey> key(String annotation) {
        return switch (annotation) {
            case "failure_strategy" -> Optional.of(PropertyKey.FAILURE_STRATEGY);
            case "enable_dlq" -> Optional.of(PropertyKey.DEAD_LETTER_ENABLED);
            case "max_retries" -> Optional.of(PropertyKey.MAX_RETRIES);
            default -> Optional.empty();
        };
    }

    private static Strategy of(String word) {
        return switch (word) {
            case "skip", "logandcontinue" -> Strategy.SKIP;
            case "deadletter", "dead_letter", "sendtodlq" -> Strategy.DEAD_LETTER;
            case "fail", "failbatch" -> Strategy.FAIL;
            default -> Strategy.RETRY;
        };
    }

    private int retries(PropertySet all) {
        Optional<PropertySet.Entry> entry = all.entry(PropertyKey.MAX_RETRIES);
        if (entry.isEmpty()) {
            return ErrorHandling.DEFAULT_RETRIES;
        }
        String digits = entry.get().value();
        if (digits.matches("[0-9]{1,4}")) {
            return Integer.parseInt(digits);
        }
        Location place = entry.get().location();
        problems.add(
                ProblemCode.BAD_PROPERTY_VALUE,
                place,
                "`max_retries` is a whole number from 0 to 9999, not '" + digits + "'",
                "'max_retries' = '3'");
        return ErrorHandling.DEFAULT_RETRIES;
    }
}
