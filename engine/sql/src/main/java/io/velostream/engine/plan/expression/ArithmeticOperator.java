package io.velostream.engine.plan.expression;

/** The binary operators on numbers. Overflow and division by zero are record errors, never a wrapped number. */
public enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    /** Fractional on integers too: 10 / 4 = 2.5. */
    DIVIDE("/"),
    MODULO("%");

    private final String symbol;

    ArithmeticOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in SQL. */
    public String symbol() {
        return symbol;
    }
}
