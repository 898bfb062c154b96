package io.velostream.engine.sql.fuzz;

import io.velostream.engine.sql.parser.generated.VeloSqlLexer;
import io.velostream.engine.sql.parser.generated.VeloSqlParser;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * Texts that the grammar accepts, drawn by walking its own automaton: a new rule of the grammar is covered without a word
 * here. Beyond its length a sentence takes the shortest way to its end.
 */
final class RandomSentences {

    private static final int FAR = 1_000_000;
    private static final List<String> NAMES = List.of(
            "t",
            "orders",
            "customers",
            "out",
            "id",
            "amount",
            "name",
            "ts",
            "a",
            "k",
            "_timestamp",
            "_key",
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "LAG",
            "UPPER",
            "COALESCE",
            "SUBSTRING",
            "ROUND",
            "NOW",
            "CHANGES",
            "FINAL",
            "TUMBLING",
            "SESSION",
            "MINUTE",
            "DAY",
            "STRING",
            "BIGINT",
            "DECIMAL",
            "STREAMS",
            "TABLES",
            "BLUE_GREEN",
            "YEAR");
    private static final List<String> STRINGS = List.of(
            "'a'",
            "''",
            "'it''s'",
            "'5'",
            "'2024-01-31'",
            "'t.topic'",
            "'format'",
            "'json'",
            "'kafka_source'",
            "'%a_'",
            "'1 day'",
            "'€'",
            "'-1'");

    private final Random random;
    private final ATN atn = VeloSqlParser._ATN;
    private final Vocabulary vocabulary = VeloSqlLexer.VOCABULARY;
    private final int[] shortest = new int[atn.states.size()];
    private final int[] shortestRule = new int[atn.ruleToStartState.length];
    private final int mostTokens;
    private StringBuilder text = new StringBuilder();
    private int tokens;

    RandomSentences(Random random, int mostTokens) {
        this.random = random;
        this.mostTokens = mostTokens;
        measure();
    }

    /** A statement, perhaps nonsense but right in form. */
    String statement() {
        text = new StringBuilder();
        tokens = 0;
        walk(VeloSqlParser.RULE_statement, 0);
        return text.append(';').toString();
    }

    /** A query, made a stream of. */
    String query() {
        text = new StringBuilder("CREATE STREAM out AS ");
        tokens = 0;
        walk(VeloSqlParser.RULE_query, 0);
        return text.append(';').toString();
    }

    /** How many tokens the shortest way from each state to the end of its rule has; a fixed point. */
    private void measure() {
        java.util.Arrays.fill(shortest, FAR);
        java.util.Arrays.fill(shortestRule, FAR);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ATNState state : atn.states) {
                if (state == null) {
                    continue;
                }
                int best = state.getStateType() == ATNState.RULE_STOP ? 0 : FAR;
                for (int i = 0; i < state.getNumberOfTransitions() && best > 0; i++) {
                    best = Math.min(best, cost(state.transition(i)));
                }
                if (best < shortest[state.stateNumber]) {
                    shortest[state.stateNumber] = best;
                    changed = true;
                }
            }
            for (int rule = 0; rule < shortestRule.length; rule++) {
                shortestRule[rule] = shortest[atn.ruleToStartState[rule].stateNumber];
            }
        }
    }

    private int cost(Transition transition) {
        if (transition instanceof RuleTransition call) {
            return Math.min(FAR, shortestRule[call.ruleIndex] + shortest[call.followState.stateNumber]);
        }
        int own = transition.isEpsilon() ? 0 : 1;
        return Math.min(FAR, own + shortest[transition.target.stateNumber]);
    }

    private void walk(int rule, int depth) {
        ATNState state = atn.ruleToStartState[rule];
        while (state.getStateType() != ATNState.RULE_STOP) {
            Transition transition = choose(state, depth);
            if (transition instanceof RuleTransition call) {
                walk(call.ruleIndex, depth + 1);
                state = call.followState;
            } else {
                if (!transition.isEpsilon()) {
                    emit(transition);
                }
                state = transition.target;
            }
        }
    }

    private Transition choose(ATNState state, int depth) {
        if (tokens < mostTokens && depth < 60) {
            return state.transition(random.nextInt(state.getNumberOfTransitions()));
        }
        Transition best = state.transition(0);
        for (int i = 1; i < state.getNumberOfTransitions(); i++) {
            if (cost(state.transition(i)) < cost(best)) {
                best = state.transition(i);
            }
        }
        return best;
    }

    private void emit(Transition transition) {
        List<Integer> types = transition.label().toList();
        int type = types.get(random.nextInt(types.size()));
        if (type == Token.EOF) {
            return;
        }
        tokens++;
        text.append(random.nextInt(40) == 0 ? "\n" : " ").append(textOf(type));
    }

    private String textOf(int type) {
        return switch (type) {
            case VeloSqlLexer.IDENTIFIER -> pick(NAMES);
            case VeloSqlLexer.QUOTED_IDENTIFIER -> "\"" + pick(NAMES) + "\"";
            case VeloSqlLexer.BACKQUOTED_IDENTIFIER -> "`" + pick(NAMES) + "`";
            case VeloSqlLexer.STRING -> pick(STRINGS);
            case VeloSqlLexer.VARIABLE -> random.nextBoolean() ? "${x:1}" : "${none}";
            case VeloSqlLexer.INTEGER_VALUE -> pick(List.of("0", "1", "7", "100", "9223372036854775808"));
            case VeloSqlLexer.DECIMAL_VALUE -> pick(List.of("1.5", ".25", "0.0", "123456789012345678901234567890.12"));
            case VeloSqlLexer.DOUBLE_VALUE -> pick(List.of("1e3", "1.5E-300", "9e999"));
            case VeloSqlLexer.DURATION -> pick(List.of("5m", "1d", "250ms", "3parsecs"));
            case VeloSqlLexer.URI -> pick(List.of("kafka://t", "file:///x.csv", "kafka://a/b"));
            default -> {
                String literal = vocabulary.getLiteralName(type);
                yield literal == null ? "?" : literal.substring(1, literal.length() - 1);
            }
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
