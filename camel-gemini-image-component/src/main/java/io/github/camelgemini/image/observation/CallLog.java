package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.Usage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each operation at DEBUG: pictures, sizes, duration and cost. Contains neither prompts nor pictures.
 */
final class CallLog implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void ended(Caller caller, CallReport report) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        Usage usage = report.usage();
        LOG.debug(
                "{} with {}: {} in {} ms, of which {} ms queued, in {} calls; sent {} bytes of images; tokens: {} input, {}"
                        + " output, {} thoughts; {} USD",
                caller.operation(),
                report.model(),
                outcome(report),
                report.duration().toMillis(),
                report.queued().toMillis(),
                report.calls(),
                report.sent(),
                usage.promptTokens(),
                usage.outputTokens(),
                usage.thoughtTokens(),
                report.cost() == null ? "?" : report.cost().toPlainString());
    }

    private static String outcome(CallReport report) {
        if (report.failure() != null) {
            int status = CallReport.httpStatus(report.failure());
            return report.errorType() + (status == 0 ? "" : " (HTTP " + status + ")");
        }
        if (report.blocked() != null) {
            return "no image, " + CallReport.errorType(report.blocked());
        }
        return report.result() == null
                ? "answered"
                : report.result().images().stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
