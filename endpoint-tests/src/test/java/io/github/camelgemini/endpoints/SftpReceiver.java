package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD. */
final class SftpReceiver implements Receiver {

    private static final String PASSWORD = "secret";

    private final Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "sftp");
    private final Folder folder = new Folder(home);
    private final SshServer server = SshServer.setUpDefaultServer();

    SftpReceiver() throws IOException {
        server.setHost("localhost");
        server.setPort(0);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("sftp.server", "camel@localhost:" + server.getPort(), "sftp.password", PASSWORD);
    }

    @Override
    public Optional<Received> take() throws IOException {
        return folder.take();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        folder.close();
    }
}
