package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.analysis.SqlProblem.Severity;

/**
 * The stable codes of problems. The number never changes its meaning; {@code docs/reference/sql-errors.md} is made from
 * this list.
 */
public enum ProblemCode {
    SYNTAX(1001, "The text is not valid here.", "Read the hint: it names what may stand at this place."),
    UNTERMINATED(1002, "A string, quoted name or comment has no end.", "Add the closing mark."),
    EMPTY_TEXT(1003, "There is no statement in the text.", "Write at least one statement."),
    CLAUSE_ORDER(1004, "A clause stands in the wrong place, or twice.", "Order the clauses as the hint says."),
    TOO_DEEP(1005, "Expressions are nested too deeply.", "Split the expression, for example by naming parts of it."),
    TOO_LARGE(1007, "The text has more of something than one text may have.", "Split the text."),
    UNKNOWN_WORD(1006, "A word is none of the allowed ones.", "Use one of the words in the hint."),

    UNKNOWN_COLUMN(2001, "A column does not exist.", "Correct the name; the nearest one is named."),
    UNKNOWN_RELATION(2002, "A stream or table does not exist.", "Correct the name or declare the source."),
    UNKNOWN_FUNCTION(2003, "A function does not exist.", "Correct the name; the nearest one is named."),
    UNKNOWN_TYPE(2004, "A type does not exist.", "Use one of the types of the hint."),
    AMBIGUOUS_COLUMN(2005, "A column exists in more than one relation.", "Put the relation's name before it."),
    DUPLICATE_NAME(2006, "A name is used twice.", "Rename one of the two."),
    MISSING_VARIABLE(2007, "A variable has no value.", "Give it with --set, spec.variables, or a default."),
    ALIAS_NOT_VISIBLE(2008, "An alias of the select list is used where it is not known yet.", "Repeat the expression."),

    TYPE_MISMATCH(3001, "Types do not go together.", "Convert one side with CAST."),
    NO_OVERLOAD(3002, "A function does not take these arguments.", "Use one of the signatures in the hint."),
    BAD_LITERAL(3003, "A literal is not a value of its type.", "Correct the value."),
    NOT_BOOLEAN(3004, "A condition is not a BOOLEAN.", "Compare the value with something."),
    CONSTANT_FAILS(3005, "A constant expression always fails.", "Correct the expression."),

    NOT_GROUPED(4001, "A column is neither grouped nor aggregated.", "Add it to GROUP BY or aggregate it."),
    MISPLACED_AGGREGATE(4002, "An aggregate stands where none may.", "Move it to SELECT or HAVING."),
    WINDOW_WITHOUT_GROUP(4003, "A window or HAVING has nothing to group.", "Add GROUP BY or an aggregate."),
    BAD_WINDOW(4004, "The window's arguments are wrong.", "Write it as the hint says."),
    EMIT_FINAL_WITHOUT_WINDOW(
            4005, "EMIT FINAL without a WINDOW never emits on an unbounded source.", "Add WINDOW or use EMIT CHANGES."),
    UNBOUNDED_JOIN(4006, "A join of two streams has no bound in time.", "Add WITHIN."),
    NO_EQUALITY(4007, "A join has no equality between the two sides.", "Add an equality to ON."),
    QUERY_OF_STREAM(4008, "A subquery reads something that is not a table.", "Make a table of it first."),
    CYCLE(4009, "Statements depend on each other in a circle.", "Break the circle."),
    BAD_LIMIT(4010, "LIMIT needs a positive constant.", "Write a positive whole number."),
    COLUMN_COUNT(4011, "The number of columns differs.", "Give both sides the same columns."),
    BAD_KEY(4012, "A PRIMARY KEY cannot be used here.", "Read the message."),
    LIMIT_PER_PARTITION(4014, "LIMIT holds for each partition, not for all.", "Name the columns of the result."),
    UNBOUNDED_OVER(4015, "A window function keeps every row of its partition.", "Give OVER a buffer."),
    UNORDERED(4016, "ORDER BY stands where nothing ends.", "Order the rows of a window, with EMIT FINAL."),
    BAD_JOIN(4021, "The two sides cannot be joined in this way.", "Read the message."),
    BAD_TABLE(4022, "What is asked of a table only a stream has, or the other way round.", "Read the message."),
    MISSING_FROM(4013, "The query reads nothing.", "Add FROM."),

    UNKNOWN_PROPERTY(5001, "A WITH key does not exist.", "Correct the key; the nearest one is named."),
    BAD_PROPERTY_VALUE(5002, "A WITH value is not allowed.", "Use one of the values in the hint."),
    UNKNOWN_OBJECT(
            5003, "A WITH key belongs to no object of the statement.", "Use the name of a source or of the sink."),
    MISSING_PROPERTY(5004, "A WITH entry is missing.", "Add the entry."),
    PROPERTY_WITHOUT_EFFECT(5005, "A WITH entry has no effect in this version.", "Remove it, or leave it for later."),
    MIXED_DIALECTS(5006, "A declaration mixes ksqlDB's keys with Velostream's.", "Use one form."),
    BAD_ANNOTATION(5007, "An annotation is unknown or malformed.", "Correct it; it is ignored until then."),

    NOT_A_JOB(6001, "The statement cannot run as a job.", "Write CREATE STREAM … AS before it."),
    NEEDS_CLUSTER(6003, "The statement asks a running cluster.", "Send it to the cluster with velo sql."),
    NO_QUERY(6002, "The text declares sources but has no query.", "Add CREATE STREAM … AS SELECT."),

    NOT_SUPPORTED(9001, "The language has this, but this version does not run it yet.", "Wait for a later version.");

    private final int number;
    private final String meaning;
    private final String remedy;

    ProblemCode(int number, String meaning, String remedy) {
        this.number = number;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As printed and documented, such as {@code VELO-2001}. */
    public String code() {
        return "VELO-" + number;
    }

    /** What it means, one sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do, one sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether a problem of this code stops the text from running. */
    public Severity severity() {
        return switch (this) {
            case PROPERTY_WITHOUT_EFFECT, BAD_ANNOTATION, LIMIT_PER_PARTITION, UNBOUNDED_OVER, NEEDS_CLUSTER ->
                Severity.WARNING;
            default -> Severity.ERROR;
        };
    }
}
