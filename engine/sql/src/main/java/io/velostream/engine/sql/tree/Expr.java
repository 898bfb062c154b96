package io.velostream.engine.sql.tree;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A syntactic expression: names unresolved, types unknown. */
public sealed interface Expr {

    /** The place that an error about this expression points at. */
    Location location();

    /** {@code 42}. */
    record IntegerLiteral(Location location, String digits) implements Expr {}

    /** {@code 4.2}: exact. */
    record DecimalLiteral(Location location, BigDecimal value) implements Expr {}

    /** {@code 1e3}: floating. */
    record DoubleLiteral(Location location, double value) implements Expr {}

    /** {@code 'text'}. */
    record StringLiteral(Location location, String value) implements Expr {}

    /** {@code TRUE}, {@code FALSE}. */
    record BooleanLiteral(Location location, boolean value) implements Expr {}

    /** {@code NULL}. */
    record NullLiteral(Location location) implements Expr {}

    /** {@code INTERVAL '5' MINUTE} and the short {@code 5m}. */
    record IntervalLiteral(Location location, Duration value) implements Expr {}

    /** {@code DATE '2024-01-31'}, {@code TIMESTAMP '…'}, {@code TIME '…'}. */
    record TemporalLiteral(Location location, String type, String text) implements Expr {}

    /** {@code ${name}} or <code>${name:default}</code>: one value, never pasted text. */
    record Variable(Location location, String name, Optional<String> otherwise) implements Expr {}

    /** A lone name: a column, an alias or a system column. */
    record Name(Identifier identifier) implements Expr {
        @Override
        public Location location() {
            return identifier.location();
        }
    }

    /** {@code base.field}: a column of a relation, or a field of a value. */
    record Dereference(Location location, Expr base, Identifier field) implements Expr {}

    /** {@code base[index]}. */
    record Index(Location location, Expr base, Expr index) implements Expr {}

    /** {@code -x}. */
    record Negate(Location location, Expr operand) implements Expr {}

    /** {@code + - * / % ||}. */
    record Binary(Location location, BinaryOperator operator, Expr left, Expr right) implements Expr {}

    /** The binary operators on values. */
    enum BinaryOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO,
        CONCAT
    }

    /**
     * {@code = <> < <= > >=}.
     *
     * @param operator the operator's standard spelling
     */
    record Compare(Location location, String operator, Expr left, Expr right) implements Expr {}

    /** {@code x > ANY (SELECT …)}. */
    record QuantifiedCompare(Location location, String operator, boolean all, Expr left, Query query) implements Expr {}

    /** At least two operands joined by AND. */
    record And(Location location, List<Expr> operands) implements Expr {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** At least two operands joined by OR. */
    record Or(Location location, List<Expr> operands) implements Expr {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** {@code NOT x}. */
    record Not(Location location, Expr operand) implements Expr {}

    /** {@code x IS NULL}. */
    record IsNull(Location location, Expr operand) implements Expr {}

    /** {@code x IS TRUE}, {@code x IS FALSE}. */
    record IsTruth(Location location, Expr operand, boolean value) implements Expr {}

    /** {@code x IS DISTINCT FROM y}. */
    record IsDistinct(Location location, Expr left, Expr right) implements Expr {}

    /** {@code x BETWEEN a AND b}. */
    record Between(Location location, Expr operand, Expr lower, Expr upper) implements Expr {}

    /** {@code x IN (a, b)}. */
    record In(Location location, Expr operand, List<Expr> candidates) implements Expr {
        public In {
            candidates = List.copyOf(candidates);
        }
    }

    /** {@code x IN (SELECT …)}. */
    record InQuery(Location location, Expr operand, Query query) implements Expr {}

    /** {@code x LIKE pattern ESCAPE c}. */
    record Like(Location location, Expr operand, Expr pattern, Optional<String> escape) implements Expr {}

    /** Operand and searched CASE. */
    record Case(Location location, Optional<Expr> operand, List<When> branches, Optional<Expr> otherwise)
            implements Expr {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** One branch of a {@link Case}. */
    record When(Expr condition, Expr result) {}

    /** {@code CAST(x AS type)}; with {@code lenient} a value that cannot be converted becomes NULL. */
    record Cast(Location location, Expr operand, TypeName type, boolean lenient) implements Expr {}

    /** {@code (x, y) => body}: an argument of a function that applies it. */
    record Lambda(Location location, List<Identifier> parameters, Expr body) implements Expr {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    /** {@code EXISTS (SELECT …)}. */
    record Exists(Location location, Query query) implements Expr {}

    /** {@code (SELECT …)} as a value. */
    record Subquery(Location location, Query query) implements Expr {}

    /**
     * A function call.
     *
     * @param star {@code COUNT(*)}
     * @param orderBy within the parentheses or after WITHIN GROUP
     * @param over a window function's frame
     */
    record Call(
            Location location,
            String name,
            boolean distinct,
            boolean star,
            List<Expr> arguments,
            List<SortItem> orderBy,
            Optional<Over> over)
            implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }
    }

    /**
     * {@code OVER (…)}.
     *
     * @param bufferRows rows of {@code ROWS WINDOW BUFFER n ROWS}
     * @param expire {@code EXPIRE AFTER …}
     * @param emit {@code EMIT …}
     */
    record Over(
            Location location,
            Optional<Buffer> bufferRows,
            List<Expr> partitionBy,
            List<SortItem> orderBy,
            Optional<Frame> frame,
            Optional<Expire> expire,
            Optional<OverEmit> emit) {
        public Over {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** {@code ROWS WINDOW BUFFER n ROWS}. */
    record Buffer(Location location, long rows) {}

    /** {@code ROWS|RANGE BETWEEN start AND end}. */
    record Frame(Location location, boolean range, FrameBound start, FrameBound end) {}

    /**
     * One end of a frame.
     *
     * @param preceding whether it lies before the current row, or with {@code unbounded} at the very beginning
     * @param amount rows or an interval; empty for UNBOUNDED and CURRENT ROW
     */
    record FrameBound(
            Location location, boolean current, boolean unbounded, boolean preceding, Optional<Expr> amount) {}

    /** {@code EXPIRE AFTER INTERVAL '5' MINUTE INACTIVITY}; empty for NEVER. */
    record Expire(Location location, Optional<Duration> after) {}

    /** {@code EMIT EVERY RECORD}, {@code EMIT ON BUFFER_FULL}: its words in upper case. */
    record OverEmit(Location location, String words) {}

    /**
     * {@code expr ASC|DESC NULLS FIRST|LAST}.
     *
     * @param nulls FIRST or LAST as written, in upper case
     */
    record SortItem(Expr expression, boolean descending, Optional<Identifier> nulls) {}
}
