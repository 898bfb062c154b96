package io.velostream.engine.sql.analysis;

/**
 * Whether aggregates may stand in an expression.
 *
 * @param allowed whether they may
 * @param place the clause, for the message
 */
record AggregateUse(boolean allowed, String place) {

    static AggregateUse in(String place) {
        return new AggregateUse(true, place);
    }

    static AggregateUse notIn(String place) {
        return new AggregateUse(false, place);
    }
}
