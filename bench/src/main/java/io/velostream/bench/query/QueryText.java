package io.velostream.bench.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a query's text from the resources and fills in its {@code ${name}} places. */
public final class QueryText {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private QueryText() {}

    /**
     * The text of {@code <folder>/<query>.sql} with every place filled in.
     *
     * @throws IllegalArgumentException when there is no such text or a place has no value
     */
    public static String load(String folder, BenchQuery query, Map<String, String> values) {
        String name = folder + "/" + query.id() + ".sql";
        String text = read(name);
        Matcher matcher = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException(name + " has the place ${" + matcher.group(1)
                        + "}, for which there is no value; known are " + values.keySet());
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String read(String name) {
        try (InputStream in = QueryText.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no query text " + name + " among the resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
