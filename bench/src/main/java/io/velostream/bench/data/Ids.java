package io.velostream.bench.data;

/** Fixed-width identifiers such as {@code c0001234}. */
final class Ids {
    static final int CUSTOMER_DIGITS = 7;
    static final int MERCHANT_DIGITS = 4;

    private Ids() {}

    static String text(char prefix, int number, int digits) {
        char[] text = new char[digits + 1];
        text[0] = prefix;
        int rest = number;
        for (int i = digits; i > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }
}
