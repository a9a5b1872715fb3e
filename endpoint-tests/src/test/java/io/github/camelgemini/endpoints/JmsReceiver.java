package io.github.camelgemini.endpoints;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** ActiveMQ Artemis. */
final class JmsReceiver implements Receiver {

    private static final String QUEUE = "pictures";
    private static final int PATIENCE_MILLIS = 60_000;

    private final Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "artemis");
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final String url = "tcp://localhost:" + WebReceiver.freePort();

    JmsReceiver() throws Exception {
        broker.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .addAcceptorConfiguration("tcp", url));
        broker.start();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "camel.beans.connectionFactory",
                "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory('" + url + "')");
    }

    @Override
    public Optional<Received> take() throws Exception {
        Queue queue = broker.getActiveMQServer().locateQueue(QUEUE);
        if (queue == null || queue.getMessageCount() == 0) {
            return Optional.empty();
        }
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE))) {
            connection.start();
            Message message = consumer.receive(PATIENCE_MILLIS);
            // As camel-jms writes the header's name, whose hyphen JMS does not allow.
            String type = message.getStringProperty("Content_HYPHEN_Type");
            return Optional.of(
                    message instanceof BytesMessage bytes
                            ? Received.of(read(bytes), type)
                            : new Received(message.getClass().getSimpleName(), type));
        }
    }

    private static InputStream read(BytesMessage message) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    byte[] some = new byte[length];
                    int count = message.readBytes(some);
                    System.arraycopy(some, 0, bytes, offset, Math.max(0, count));
                    return count;
                } catch (JMSException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public void close() throws Exception {
        broker.stop();
        new Folder(data).close();
    }
}
