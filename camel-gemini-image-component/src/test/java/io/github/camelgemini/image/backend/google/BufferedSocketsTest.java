package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BufferedSocketsTest {

    private ServerSocket server;
    private Socket client;
    private Socket peer;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new BufferedSockets().createSocket();
        client.connect(server.getLocalSocketAddress());
        peer = server.accept();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 8 * 1024, 16 * 1024, 100_000})
    void givesWhatWasSentWhateverThePiecesInWhichItIsRead(int length) throws Exception {
        byte[] sent = bytes(2_000_003);
        Thread sender = new Thread(() -> send(sent));
        sender.start();

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = client.getInputStream();
        byte[] piece = new byte[length];
        // As TLS does: the head of a record, then the record.
        for (int i = 0, count; (count = in.read(piece, 3, i % 2 == 0 ? length - 3 : 5)) >= 0; i++) {
            read.write(piece, 3, count);
        }

        assertThat(read.toByteArray()).isEqualTo(sent);
        assertThat(in.read()).isEqualTo(-1);
        sender.join();
    }

    @Test
    void whatIsBufferedIsAvailableAndCanBeSkipped() throws Exception {
        byte[] sent = bytes(500_000);
        Thread sender = new Thread(() -> send(sent));
        sender.start();
        InputStream in = client.getInputStream();
        in.readNBytes(8 * 1024);

        in.skipNBytes(100_000);
        assertThat(in.read()).isEqualTo(sent[8 * 1024 + 100_000] & 0xff);
        assertThat(in.available()).isPositive();
        assertThat(in.readAllBytes()).hasSize(sent.length - 8 * 1024 - 100_001).endsWith(sent[sent.length - 1]);
        sender.join();
    }

    @Test
    void doesNotWaitForMoreThanThereIs() throws Exception {
        InputStream in = client.getInputStream();
        byte[] piece = new byte[8 * 1024];
        OutputStream out = peer.getOutputStream();
        out.write(bytes(20_000));
        in.readNBytes(piece, 0, piece.length);
        in.readNBytes(20_000 - piece.length);

        out.write(7);

        assertThat(in.read(piece)).isEqualTo(1);
        assertThat(piece[0]).isEqualTo((byte) 7);
    }

    @Test
    void givesNothingTwiceAfterAReadThatTookTooLong() throws Exception {
        byte[] sent = bytes(100_000);
        Thread sender = new Thread(() -> {
            try {
                peer.getOutputStream().write(sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        sender.start();
        InputStream in = client.getInputStream();
        byte[] piece = new byte[8 * 1024];
        assertThat(in.readNBytes(piece, 0, piece.length)).isEqualTo(piece.length);
        in.skipNBytes(sent.length - piece.length);
        sender.join();

        // As OkHttp asks a connection that was idle whether it is still there.
        client.setSoTimeout(1);
        assertThatThrownBy(() -> in.read(piece)).isInstanceOf(SocketTimeoutException.class);
        assertThat(in.available()).isZero();

        client.setSoTimeout(0);
        peer.getOutputStream().write(7);
        assertThat(in.read(piece)).isEqualTo(1);
        assertThat(piece[0]).isEqualTo((byte) 7);
    }

    private void send(byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
