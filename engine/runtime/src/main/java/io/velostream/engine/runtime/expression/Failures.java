package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.sql.type.SqlType;

/** The failures of expressions on a record: one sentence each, without the record's content. */
final class Failures {

    private Failures() {}

    static RecordFailure overflow(SqlType type, String operation) {
        return new RecordFailure("NUMERIC_OVERFLOW", "The result of " + operation + " does not fit " + type + ".");
    }

    static RecordFailure divisionByZero(String operation) {
        return new RecordFailure("DIVISION_BY_ZERO", "The divisor of " + operation + " is 0.");
    }

    static RecordFailure mismatch(String wanted, String found) {
        return new RecordFailure(
                "TYPE_MISMATCH", "The expression needs " + wanted + ", but the value is " + found + ".");
    }

    static RecordFailure incomparable(String left, String right) {
        return new RecordFailure(
                "TYPE_MISMATCH",
                "A comparison of " + left + " with " + right + " has no answer; CAST one side to the other's type.");
    }

    static RecordFailure cast(String from, SqlType to) {
        return new RecordFailure("INVALID_CAST", "A value of " + from + " cannot be cast to " + to + ".");
    }
}
