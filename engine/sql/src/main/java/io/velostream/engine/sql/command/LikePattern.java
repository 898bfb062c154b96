package io.velostream.engine.sql.command;

import java.util.regex.Pattern;

/** The pattern of {@code SHOW … LIKE}: {@code %} and {@code _}, ignoring case as names do. */
final class LikePattern {

    private LikePattern() {}

    static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
