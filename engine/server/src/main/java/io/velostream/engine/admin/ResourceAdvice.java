package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.velostream.engine.resources.Recommendation;
import io.velostream.engine.resources.ResourceAnalysis;
import io.velostream.engine.resources.Spread;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would be better otherwise.
 *
 * @param from beginning of the samples that it rests on, or a moment ago when there are none yet
 * @param apply what a {@code PUT /admin/config} would take to follow every recommendation that is a key
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ResourceAdvice(
        String from,
        String to,
        String summary,
        List<Recommendation> recommendations,
        Map<String, Map<String, Long>> apply) {

    static ResourceAdvice of(ResourceAnalysis analysis, List<Recommendation> recommendations) {
        Map<String, Map<String, Long>> apply = new TreeMap<>();
        recommendations.stream().filter(each -> !each.key().startsWith("pod.")).forEach(each -> {
            int dot = each.key().indexOf('.');
            apply.computeIfAbsent(each.key().substring(0, dot), section -> new TreeMap<>())
                    .put(each.key().substring(dot + 1), each.recommended());
        });
        return new ResourceAdvice(
                analysis.from().toString(),
                analysis.to().toString(),
                recommendations.isEmpty()
                        ? "What was observed (" + analysis.samples() + " samples) gives no reason to change a limit."
                        : recommendations.size() + " of the limits should be changed, judging by " + analysis.samples()
                                + " samples.",
                recommendations,
                apply);
    }

    /** An analysis under the names of the API. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Analysis(
            String from,
            String to,
            int samples,
            Spread memoryBytes,
            Spread stateBytes,
            Spread cpuPercent,
            Spread recordsPerSecond,
            Spread backlog,
            double memoryTrendBytesPerHour,
            double backlogTrendPerSecond,
            List<String> findings,
            List<ResourceReport.Operator> operators) {

        static Analysis of(ResourceAnalysis analysis, List<ResourceReport.Operator> operators) {
            return new Analysis(
                    analysis.from().toString(),
                    analysis.to().toString(),
                    analysis.samples(),
                    analysis.memory(),
                    analysis.state(),
                    analysis.cpu(),
                    analysis.throughput(),
                    analysis.backlog(),
                    ResourceReport.rounded(analysis.memoryTrend()),
                    ResourceReport.rounded(analysis.backlogTrend()),
                    analysis.findings(),
                    operators);
        }
    }
}
