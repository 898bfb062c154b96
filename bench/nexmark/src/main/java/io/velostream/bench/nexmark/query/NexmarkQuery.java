package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The queries of the Nexmark suite in its usual numbering, 0 to 22. */
public enum NexmarkQuery {
    Q0(Projections::passThrough),
    Q1(Projections::euros),
    Q2(Projections::every123rd),
    Q3(AuctionJoins::localItems),
    Q4(AuctionJoins::categoryMeans),
    Q5(Windows::hotItems),
    Q6(AuctionJoins::sellerMeans),
    Q7(Windows::highestBids),
    Q8(Windows::newSellers),
    Q9(AuctionJoins::winningBids),
    Q10(Projections::logged),
    Q11(Windows::sessions),
    Q12(Windows::arrivals),
    Q13(Projections::sideInput),
    Q14(Projections::calculated),
    Q15(Reports::daily),
    Q16(Reports::byChannel),
    Q17(Reports::byAuction),
    Q18(Rankings::lastBids),
    Q19(Rankings::topTen),
    Q20(AuctionJoins::expandedBids),
    Q21(Projections::channelIds),
    Q22(Projections::directories);

    private final Oracle oracle;

    NexmarkQuery(Oracle oracle) {
        this.oracle = oracle;
    }

    /** The name in lower case, as files and topics have it. */
    public String id() {
        return "q" + ordinal();
    }

    /** Finds one by its name in any case. */
    public static NexmarkQuery of(String name) {
        for (NexmarkQuery query : values()) {
            if (query.id().equalsIgnoreCase(name.strip())) {
                return query;
            }
        }
        throw new IllegalArgumentException("There is no query " + name + "; there are "
                + List.of(values()).stream().map(NexmarkQuery::id).toList());
    }

    /** The query in Velostream's SQL. */
    public String sql() {
        String resource = "/nexmark/" + id() + ".sql";
        try (InputStream in = NexmarkQuery.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The query " + resource + " cannot be read", e);
        }
    }

    /** What it must write, by topic, computed without the engine. */
    public Map<String, OutputCheck> expect(Iterable<Event> events) {
        return oracle.expect(events);
    }
}
