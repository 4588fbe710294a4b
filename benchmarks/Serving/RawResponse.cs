using System.Net.Sockets;
using System.Text;

namespace Aisle.Benchmarks.Serving;

/// <summary>Reads HTTP/1.1 responses off a socket with as little work as possible, so that the generator does not
/// become what is measured.</summary>
internal sealed class RawResponse(Socket socket)
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;

    /// <summary>Reads one whole response and forgets it.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The server closed the connection, or the response is larger than the buffer.</exception>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        int headers;
        while ((headers = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(cancellationToken);
        }

        int status = ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
        int body = headers + 4;
        int end;
        while ((end = EndOf(headers, body)) < 0)
        {
            await FillAsync(cancellationToken);
        }

        Array.Copy(_buffer, end, _buffer, 0, _filled - end);
        _filled -= end;
        return status;
    }

    // −1 while the response is not complete.
    private int EndOf(int headers, int body)
    {
        string text = Encoding.ASCII.GetString(_buffer, 0, headers);
        int at = text.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            int line = text.IndexOf('\r', at);
            int length = int.Parse(text.AsSpan(at + 15, (line < 0 ? text.Length : line) - at - 15).Trim(), System.Globalization.CultureInfo.InvariantCulture);
            return _filled >= body + length ? body + length : -1;
        }

        int last = _buffer.AsSpan(body, _filled - body).IndexOf("0\r\n\r\n"u8);
        return last >= 0 ? body + last + 5 : -1;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        int read = await socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, cancellationToken);
        _filled += read > 0 ? read : throw new IOException("The server closed the connection, or its answer is too large.");
    }
}
