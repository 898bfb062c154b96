package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.parser.ParsedScript.Comment;
import io.velostream.engine.sql.tree.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads annotations ({@code -- @name: value}) and warns about those that are unknown, malformed or have a value that is
 * not allowed. A comment is taken for an annotation only in the form {@code @name:}.
 */
public final class AnnotationReader {

    private static final Pattern FORM = Pattern.compile("(\\s*)@([A-Za-z][A-Za-z0-9_.]*)\\s*:\\s*(.*?)\\s*");
    private static final Pattern WITHOUT_COLON = Pattern.compile("(\\s*)@([A-Za-z][A-Za-z0-9_.]*)\\s+.*");
    private static final String METRIC_NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";

    /** Annotations with any value. */
    private static final Set<String> FREE = Set.of(
            "app",
            "application",
            "version",
            "description",
            "depends_on",
            "deployment.node_id",
            "deployment.node_name",
            "deployment.region",
            "sla.latency.p99",
            "sla.availability",
            "data_retention",
            "compliance",
            "name",
            "job_name",
            "metric_help",
            "metric_labels",
            "metric_field",
            "metric_condition",
            "retry_backoff_ms",
            "batch_timeout_ms",
            "empty_batch_count",
            "progress_interval",
            "enable_core_affinity");

    /** Annotations whose values match a pattern, ignoring case. */
    private static final Map<String, Pattern> CHECKED = Map.ofEntries(
            rule("phase", "development|staging|production"),
            rule("observability.metrics.enabled", "true|false"),
            rule("observability.tracing.enabled", "true|false"),
            rule("observability.error_reporting.enabled", "true|false"),
            rule("observability.profiling.enabled", "off|dev|prod"),
            rule("job_mode", "simple|transactional|adaptive"),
            rule("batch_size", "[1-9][0-9]{0,3}|10000"),
            rule("num_partitions", "[1-9][0-9]*"),
            rule("partition_count", "[1-9][0-9]*"),
            rule("partitioning_strategy", "sticky|hash|smart|roundrobin|fanin"),
            rule("sticky_partition_id", "[0-9]+"),
            rule("failure_strategy", "Retry|DeadLetter|Skip|Fail|LogAndContinue|SendToDLQ|FailBatch|RetryWithBackoff"),
            rule("max_retries", "[0-9]+"),
            rule("enable_dlq", "true|false"),
            rule("dlq_max_size", "[0-9]+"),
            rule("log_progress", "true|false"),
            rule("metric", METRIC_NAME),
            rule("metric_type", "counter|gauge|histogram"),
            rule("metric_buckets", "\\[?\\s*[0-9.]+(\\s*,\\s*[0-9.]+)*\\s*\\]?"),
            rule("metric_sample_rate", "0(\\.[0-9]+)?|1(\\.0+)?"));

    private final Problems problems;

    /** A reader that reports warnings. */
    public AnnotationReader(Problems problems) {
        this.problems = problems;
    }

    private static Map.Entry<String, Pattern> rule(String name, String values) {
        return Map.entry(name, Pattern.compile(values, Pattern.CASE_INSENSITIVE));
    }

    /** The annotations among the comments of a text that are right. */
    public List<Annotation> read(List<Comment> comments) {
        List<Annotation> annotations = new ArrayList<>();
        for (Comment comment : comments) {
            read(comment).ifPresent(annotations::add);
        }
        return annotations;
    }

    private Optional<Annotation> read(Comment comment) {
        if (comment.text().indexOf('@') < 0) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(comment.text());
        if (form.matches()) {
            return read(comment, form.group(1).length(), form.group(2), form.group(3));
        }
        Matcher withoutColon = WITHOUT_COLON.matcher(comment.text());
        if (withoutColon.matches() && known(withoutColon.group(2).toLowerCase(Locale.ROOT))) {
            warn(
                    comment,
                    withoutColon.group(1).length(),
                    withoutColon.group(2).length() + 1,
                    "the annotation @" + withoutColon.group(2) + " has no colon, so it is ignored",
                    "write -- @" + withoutColon.group(2) + ": value");
        }
        return Optional.empty();
    }

    private Optional<Annotation> read(Comment comment, int indent, String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        String bare = value.replaceAll("^\"(.*)\"$", "$1");
        if (!known(key)) {
            Set<String> names = new TreeSet<>(FREE);
            names.addAll(CHECKED.keySet());
            warn(
                    comment,
                    indent,
                    name.length() + 1,
                    "unknown annotation @" + name + NearestName.suggestion(key, names),
                    "it is ignored");
        } else if (!isAllowed(key, bare)) {
            warn(
                    comment,
                    indent,
                    name.length() + 1,
                    "the annotation @" + name + " cannot be '" + value + "'",
                    Optional.ofNullable(CHECKED.get(key))
                            .map(pattern -> "allowed: " + pattern.pattern().replace("|", ", "))
                            .orElse("give it a value"));
        } else {
            return Optional.of(new Annotation(key, bare, place(comment, indent, name.length() + 1), comment.ordinal()));
        }
        return Optional.empty();
    }

    private static boolean known(String key) {
        return FREE.contains(key) || CHECKED.containsKey(key);
    }

    private static boolean isAllowed(String key, String bare) {
        Pattern pattern = CHECKED.get(key);
        return pattern == null ? !bare.isEmpty() : pattern.matcher(bare).matches();
    }

    private static Location place(Comment comment, int indent, int length) {
        Location start = comment.location();
        return new Location(start.line(), start.column() + 2 + indent, length);
    }

    private void warn(Comment comment, int indent, int length, String message, String hint) {
        problems.add(ProblemCode.BAD_ANNOTATION, place(comment, indent, length), message, hint);
    }
}
