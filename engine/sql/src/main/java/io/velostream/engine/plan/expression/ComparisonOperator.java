package io.velostream.engine.plan.expression;

/** The comparison operators; with NULL on a side the result is NULL. */
public enum ComparisonOperator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in SQL. */
    public String symbol() {
        return symbol;
    }
}
