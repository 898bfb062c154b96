package io.velostream.engine.profile;

import java.util.Locale;

/**
 * Draws a tree of stacks as an SVG flame graph (Brendan Gregg): a box is a call, its width the share of samples in which it
 * was on a stack, above it what it called. The whole name and the share are in the tooltip. The text is plain SVG without
 * scripts, so that it can be shown anywhere.
 */
public final class FlameGraph {

    private static final int WIDTH = 1200;
    private static final int MARGIN = 10;
    private static final int ROW = 17;
    private static final int TITLE = 40;
    private static final double LETTER = 6.6;
    private static final double NARROWEST = 0.3;
    private static final int DEEPEST = 200;

    private final StringBuilder svg = new StringBuilder(1 << 16);
    private final long all;
    private final double scale;
    private final int height;

    private FlameGraph(StackTree root) {
        this.all = Math.max(1, root.samples());
        this.scale = (WIDTH - 2.0 * MARGIN) / all;
        this.height = TITLE + Math.min(DEEPEST, root.depth()) * ROW + MARGIN;
    }

    /**
     * Draws.
     *
     * @param title what was sampled, how and for how long
     */
    public static String svg(StackTree root, String title) {
        FlameGraph graph = new FlameGraph(root);
        graph.begin(title);
        graph.box(root, MARGIN, 0);
        graph.svg.append("</svg>\n");
        return graph.svg.toString();
    }

    private void begin(String title) {
        svg.append("""
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="monospace" font-size="11">
                <rect width="100%%" height="100%%" fill="#fffdf7"/>
                <text x="%d" y="24" text-anchor="middle" font-size="15">%s</text>
                """.formatted(WIDTH, height, WIDTH, height, WIDTH / 2, escaped(title)));
    }

    private void box(StackTree node, double x, int level) {
        double width = node.samples() * scale;
        if (width < NARROWEST || level >= DEEPEST) {
            return;
        }
        int y = height - MARGIN - (level + 1) * ROW;
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s (%d samples, %.2f %%)</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" rx=\"1\"/>",
                escaped(node.frame()),
                node.samples(),
                100.0 * node.samples() / all,
                x,
                y,
                width,
                ROW - 1,
                colour(node.frame())));
        int letters = (int) ((width - 4) / LETTER);
        if (letters >= 3) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    x + 3,
                    y + 12,
                    escaped(cut(node.frame(), letters))));
        }
        svg.append("</g>\n");
        double left = x;
        for (StackTree callee : node.callees()) {
            box(callee, left, level + 1);
            left += callee.samples() * scale;
        }
    }

    /** The end of a name says more than its package. */
    private static String cut(String name, int letters) {
        String shown = name;
        int method = shown.lastIndexOf('.');
        int type = method < 0 ? -1 : shown.lastIndexOf('.', method - 1);
        if (shown.length() > letters && type >= 0) {
            shown = shown.substring(type + 1);
        }
        return shown.length() <= letters ? shown : shown.substring(0, letters - 2) + "..";
    }

    /** Ours are warm, Kafka's are green, the rest is grey; a shade by the name, the same in every graph. */
    private static String colour(String frame) {
        int shade = Math.floorMod(frame.hashCode(), 50);
        if (frame.startsWith("io.velostream.")) {
            return "rgb(%d,%d,60)".formatted(220 + shade / 2, 110 + shade * 2);
        }
        if (frame.startsWith("org.apache.kafka.")) {
            return "rgb(%d,%d,%d)".formatted(110 + shade, 190 + shade / 2, 110 + shade);
        }
        return "rgb(%d,%d,%d)".formatted(190 + shade, 190 + shade, 200 + shade);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(point < ' ' ? '?' : point);
            }
        });
        return escaped.toString();
    }
}
