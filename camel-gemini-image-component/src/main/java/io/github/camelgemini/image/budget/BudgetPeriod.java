package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.TimeUtils;

/**
 * The period of a budget. It is either rolling, so the budget is never exceeded in any period of this length, or a
 * calendar day, week (from Monday) or month, after which the whole budget is available again.
 *
 * @param length of a rolling period; null for a calendar period
 * @param unit of the calendar; null for a rolling period
 * @param zone where a day begins; used for calendar periods only
 */
public record BudgetPeriod(Duration length, ChronoUnit unit, ZoneId zone) {

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("day", ChronoUnit.DAYS, "week", ChronoUnit.WEEKS, "month", ChronoUnit.MONTHS);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The parts of a rolling period. Spending is dropped a part at a time, up to one part late. */
    private static final int PARTS = 100;

    /**
     * Reads an option.
     *
     * @param text {@code day}, {@code week} or {@code month} for a calendar period; or a duration in Camel's notation
     *     ({@code 1d}, {@code 12h}) for a rolling period
     * @param zone such as {@code Europe/Berlin}
     * @throws InvalidRequestException says what is allowed
     */
    public static BudgetPeriod of(String text, String zone) {
        ChronoUnit unit = UNITS.get(text.trim().toLowerCase(Locale.ROOT));
        return unit == null
                ? new BudgetPeriod(length(text), null, zone(zone))
                : new BudgetPeriod(null, unit, zone(zone));
    }

    private static Duration length(String text) {
        Duration length;
        try {
            length = TimeUtils.toDuration(text.trim());
        } catch (RuntimeException e) {
            length = Duration.ZERO;
        }
        if (length.compareTo(SHORTEST) < 0) {
            throw new InvalidRequestException("budgetPeriod '" + text
                    + "' must be day, week, month, or a duration of at least 1s such as 1d or 12h");
        }
        return length;
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone.trim());
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "budgetTimeZone '" + zone + "' must be a time zone such as UTC or Europe/Berlin", e);
        }
    }

    /** The beginning of the part of the period to which current spending belongs. */
    Instant partOf(Instant now) {
        if (unit == null) {
            long part = part();
            return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), part) * part);
        }
        ZonedDateTime day = now.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime first =
                switch (unit) {
                    case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTHS -> day.with(TemporalAdjusters.firstDayOfMonth());
                    default -> day;
                };
        return first.toLocalDate().atStartOfDay(zone).toInstant();
    }

    /** When spending in a part of the period no longer counts. */
    Instant endOf(Instant part) {
        return unit == null
                ? part.plusMillis(part()).plus(length)
                : part.atZone(zone)
                        .toLocalDate()
                        .plus(1, unit)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    private long part() {
        return Math.max(1, length.toMillis() / PARTS);
    }

    /** As in a sentence: "in any 24 hours", "this day (Europe/Berlin)". */
    @Override
    public String toString() {
        return unit == null
                ? "in any " + length.toString().substring(2).toLowerCase(Locale.ROOT)
                : "this " + unit.toString().toLowerCase(Locale.ROOT).replaceFirst("s$", "") + " (" + zone + ")";
    }
}
