package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.NearestName;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.DurationContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.IdentifierContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.IntervalContext;
import io.velostream.engine.sql.tree.DurationText;
import io.velostream.engine.sql.tree.Location;
import java.time.Duration;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** Reads durations: {@code 5m}, {@code 30 SECONDS}, {@code INTERVAL '5' MINUTE}. */
final class Durations {

    private static final String UNIT_HINT =
            "units are NANOSECOND, MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH (30 days) and YEAR"
                    + " (365 days), singular or plural";

    private final Problems problems;

    Durations(Problems problems) {
        this.problems = problems;
    }

    Duration of(DurationContext node) {
        if (node.interval() != null) {
            return of(node.interval());
        }
        if (node.DURATION() != null) {
            return shorthand(node.DURATION().getSymbol());
        }
        return amount(node.INTEGER_VALUE().getSymbol(), node.INTEGER_VALUE().getText(), node.identifier());
    }

    /** {@code 5m}. */
    Duration shorthand(Token token) {
        return DurationText.shorthand(token.getText()).orElseGet(() -> {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    Locations.of(token),
                    "`" + token.getText() + "` is not a duration: its unit is unknown",
                    "units are ns, us, ms, s, m, h and d, as in 5m");
            return Duration.ZERO;
        });
    }

    /** {@code 30 SECONDS}. */
    Duration amount(Token place, String number, IdentifierContext unit) {
        return DurationText.unit(unit.getText())
                .flatMap(each -> DurationText.multiple(number, each))
                .orElseGet(() -> unknownUnit(place, number, unit));
    }

    Duration of(IntervalContext node) {
        String sign = node.getChild(1).getText().equals("-") ? "-" : "";
        String number = node.STRING() != null
                ? Locations.string(node.STRING().getSymbol()).trim()
                : node.INTEGER_VALUE().getText();
        if (node.unit != null) {
            return amount(node.getStart(), sign + number, node.unit);
        }
        return DurationText.withUnit(sign + number).orElseGet(() -> {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    Locations.of(node),
                    "the interval has no unit",
                    "write INTERVAL '" + number + "' MINUTE, for example");
            return Duration.ZERO;
        });
    }

    private Duration unknownUnit(Token place, String number, IdentifierContext unit) {
        if (DurationText.unit(unit.getText()).isPresent()) {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    Locations.of(place),
                    "`" + number + "` is not an amount of " + unit.getText().toUpperCase(Locale.ROOT),
                    "write a number, as in INTERVAL '5' MINUTE");
        } else {
            Location location = Locations.of(unit);
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    location,
                    "unknown interval unit `" + unit.getText() + "`"
                            + NearestName.suggestion(unit.getText(), DurationText.unitNames()),
                    UNIT_HINT);
        }
        return Duration.ZERO;
    }
}
