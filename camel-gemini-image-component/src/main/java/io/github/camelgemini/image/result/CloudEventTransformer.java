package io.github.camelgemini.image.result;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Data type {@code gemini-image:application-cloudevents}: a picture as a CloudEvent 1.0, for Pipes, Knative and Kafka.
 * Sets Camel's CloudEvents headers; the picture stays the body.
 */
@DataTypeTransformer(
        name = "gemini-image:application-cloudevents",
        description =
                "Adds CloudEvents headers that describe a generated image: id, type, model, file name, media type")
public class CloudEventTransformer extends Transformer {

    private static final String TYPE = "org.apache.camel.event.gemini-image.picture";

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        CloudEvent version = CloudEvents.v1_0;
        Map<String, Object> headers = message.getHeaders();
        Exchange exchange = message.getExchange();
        headers.putIfAbsent(
                CloudEvent.CAMEL_CLOUD_EVENT_ID,
                message.getHeader(ResultHeaders.RESPONSE_ID, exchange.getExchangeId(), String.class));
        headers.putIfAbsent(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, version.version());
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, TYPE);
        headers.put(
                CloudEvent.CAMEL_CLOUD_EVENT_SOURCE,
                "gemini-image." + message.getHeader(ResultHeaders.RESPONSE_MODEL, "unknown", String.class));
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, message.getHeader(Exchange.FILE_NAME, String.class));
        headers.put(CloudEvent.CAMEL_CLOUD_EVENT_TIME, version.getEventTime(exchange));
        headers.put(
                CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE,
                message.getHeader(Exchange.CONTENT_TYPE, CloudEvent.APPLICATION_OCTET_STREAM_MIME_TYPE, String.class));
    }
}
