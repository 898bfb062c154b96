package io.velostream.cli.sqltest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a series as Prometheus' text has it. Two are the same when name and labels are, in whatever order the
 * labels stand; the bound of a bucket is a number.
 */
record MetricSeriesName(String metric, Map<String, String> labels) {

    private static final Pattern FORM = Pattern.compile("([^{]+)(?:\\{(.*)})?");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    static MetricSeriesName of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return new MetricSeriesName(text, Map.of());
        }
        Map<String, String> labels = new TreeMap<>();
        if (form.group(2) != null) {
            Matcher label = LABEL.matcher(form.group(2));
            while (label.find()) {
                labels.put(label.group(1), "le".equals(label.group(1)) ? bound(label.group(2)) : label.group(2));
            }
        }
        return new MetricSeriesName(form.group(1), labels);
    }

    private static String bound(String text) {
        try {
            return "+Inf".equals(text) ? text : Double.toString(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** The value of a series; one without labels also stands for the sum over its labels. */
    static Optional<Double> find(Map<String, Double> metrics, String series) {
        MetricSeriesName wanted = of(series);
        double sum = 0;
        boolean found = false;
        for (Map.Entry<String, Double> entry : metrics.entrySet()) {
            MetricSeriesName name = of(entry.getKey());
            if (name.equals(wanted)) {
                return Optional.of(entry.getValue());
            }
            if (wanted.labels().isEmpty() && name.metric().equals(wanted.metric())) {
                sum += entry.getValue();
                found = true;
            }
        }
        return found ? Optional.of(sum) : Optional.empty();
    }
}
