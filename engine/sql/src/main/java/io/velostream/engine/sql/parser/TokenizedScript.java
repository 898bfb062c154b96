package io.velostream.engine.sql.parser;

import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * A script cut at its semicolons.
 *
 * @param statements the tokens of each statement; each list ends with an end-of-file token that stands where the
 *     semicolon was
 */
record TokenizedScript(List<List<Token>> statements, List<ParsedScript.Comment> comments) {}
