package io.velostream.engine.format;

/** The text of the object that the current record was read from, for {@code SELECT *} of an undeclared source. */
public interface RecordText {

    /** The buffer that holds the record. */
    byte[] buffer();

    /** Where the text between the braces begins. */
    int membersFrom();

    /** Where the text between the braces ends. */
    int membersTo();
}
